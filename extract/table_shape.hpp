// A table's cells in rows and columns, and whether they are data or only hold the page's layout.
#pragma once

#include <cstddef>
#include <vector>

#include "extract/page_tree.hpp"

namespace winnow {

struct TableShape {
  bool is_data = false;
  bool has_header = false;  ///< the first row names the columns
  bool is_list = false;     ///< laid out: each row is an item, with nothing but a picture for its bullet
  NodeIndex caption = 0;    ///< 0 when there is none
  std::size_t columns = 0;
  std::vector<std::vector<NodeIndex>> rows;  ///< cells; 0 where a wider or taller cell reaches (of data only)
};

/// Data is what says so (th, thead, caption; not role=presentation), or what looks it: two rows and columns
/// or more, rows of one length, and short cells without lists or paragraphs, or three rows with text in
/// nearly every cell. A table that holds another table, headings, or a cell of more than 4 KB is layout, as
/// are all with one column or more than 32: the tables of 1998 to 2010 hold whole pages. So is one of two
/// columns whose first holds nothing, or but bullets, or labels as of paragraphs ("1.1", "(a)"), in every
/// row. The first row names the columns when its cells are `<th>` or all in bold type.
[[nodiscard]] TableShape shape_of_table(const PageTree& tree, NodeIndex table);

}  // namespace winnow
