// CDX rows out of the text that web.archive.org's index sends.
#pragma once

#include <cstddef>
#include <string_view>

#include "crawler/index_parser.hpp"

namespace winnow {

/// Lines of
///   urlkey timestamp original mimetype statuscode digest length
/// then, if there is more to ask for, an empty line and the resume key.
class CdxParser final : public LineParser {
public:
  explicit CdxParser(OnRows on_rows, std::size_t batch = 1000);

private:
  void take_line(std::string_view line) override;

  bool m_key_follows = false;
};

}  // namespace winnow
