#include "formats/text_json.hpp"

namespace winnow {

namespace {

constexpr std::int64_t k_most_extractors = 1'000'000;

}  // namespace

nlohmann::ordered_json marks_json(const Text& text) {
  nlohmann::ordered_json marks = nlohmann::ordered_json::array();
  for (const Mark mark : text.marks)
    marks.push_back(name(mark));
  return marks;
}

std::vector<Mark> marks_of(const checked::Json& json) {
  std::vector<Mark> marks;
  for (const checked::Json& mark : json)
    if (const auto known = parse_mark(mark.get_ref<const std::string&>())) marks.push_back(*known);
  return marks;
}

nlohmann::ordered_json given_text_json(const Text& text) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  json["title"] = text.title;
  json["text"] = text.markdown;
  json["charset"] = text.charset;
  json["marks"] = marks_json(text);
  json["extractor"] = text.extractor;
  return json;
}

Text given_text_of(const checked::Json& json) {
  Text text;
  text.title = json.at("title").get<std::string>();
  text.markdown = json.at("text").get<std::string>();
  text.charset = json.at("charset").get<std::string>();
  text.marks = marks_of(json.at("marks"));
  text.extractor = checked::integer_of<int>(json.at("extractor"), "extractor", 0, k_most_extractors);
  return text;
}

}  // namespace winnow
