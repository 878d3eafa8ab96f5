// Which versions' texts and changes are still to be analysed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/text.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A text that stands for a version.
struct UnanalysedText {
  TextId id{};
  std::string url;  ///< that its first capture was archived under
};

/// The texts of two versions, one after the other.
struct UnmeasuredChange {
  TextId older{};
  TextId newer{};
  std::string language;  ///< of the newer text, BCP 47; empty when unknown
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class AnalysisReader {
public:
  explicit AnalysisReader(const std::filesystem::path& path);
  ~AnalysisReader();
  AnalysisReader(const AnalysisReader&) = delete;
  AnalysisReader& operator=(const AnalysisReader&) = delete;

  /// In the order in which the store has them: texts of a page mostly stand together.
  [[nodiscard]] std::vector<UnanalysedText> texts();
  [[nodiscard]] std::vector<UnmeasuredChange> changes();

  /// Title, Markdown and SimHash of a text; the rest is left out.
  [[nodiscard]] Text text(TextId id);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
