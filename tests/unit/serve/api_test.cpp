// The API as its OpenAPI document describes it.
#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "serve/store_service.hpp"
#include "tests/unit/serve/served_store.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;
using nlohmann::json;

namespace {

const std::string k_page = "https://a.test/privacy";

struct Served {
  Served() {
    add_pages(fixture, {{20100101000000, k_page, "Privacy", "We keep names."},
                        {20120101000000, k_page, "Privacy \xff", "We keep names and faces."},
                        {20130101000000, "https://b.test/privacy", "Privacy", "We keep nothing."}});
    fixture.store->note_target(
        fixture.archive, "c.test",
        Missed{.reason = Reason::excluded, .status = 403, .detail = "x", .hops = {}, .retry_at = {}});
    service = std::make_unique<StoreService>(fixture.path, ServiceOptions{});
    document = json::parse(get(*service, "/openapi.json").body);
  }
  json api(const std::string& target, int status = 200) {
    const Got got = get(*service, "/api/v1/" + target);
    CHECK(got.status == status);
    CHECK(got.type == "application/json");
    return json::parse(got.body);
  }
  StoreFixture fixture;
  std::unique_ptr<StoreService> service;
  json document;
};

bool has_type(const json& value, const std::string& type) {
  static const std::map<std::string, bool (*)(const json&)> k_types = {
      {"object", [](const json& v) { return v.is_object(); }},
      {"array", [](const json& v) { return v.is_array(); }},
      {"string", [](const json& v) { return v.is_string(); }},
      {"integer", [](const json& v) { return v.is_number_integer(); }},
      {"number", [](const json& v) { return v.is_number(); }},
      {"boolean", [](const json& v) { return v.is_boolean(); }},
      {"null", [](const json& v) { return v.is_null(); }}};
  return k_types.at(type)(value);
}

/// What of JSON Schema the document uses. An object may have no keys but those that are described.
std::string problem(const json& document, const json& schema, const json& value,
                    const std::string& where = "$") {
  if (schema.contains("$ref"))
    return problem(document, document.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))),
                   value, where);
  if (schema.contains("oneOf")) {
    for (const json& one : schema["oneOf"]) {
      if (problem(document, one, value, where).empty()) return {};
    }
    return where + " is none of those";
  }
  if (schema.contains("type")) {
    bool fits = false;
    const json types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
    for (const json& type : types)
      fits = fits || has_type(value, type);
    if (!fits) return where + " has another type";
  }
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return where + " has another value";
  for (const json& key : schema.value("required", json::array())) {
    if (!value.contains(key.get<std::string>())) return where + " lacks " + key.get<std::string>();
  }
  if (schema.contains("properties") && value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      if (!schema["properties"].contains(key)) return where + " has " + key + ", which is not described";
      if (auto found = problem(document, schema["properties"][key], inner, where + "." + key); !found.empty())
        return found;
    }
  }
  if (schema.contains("items")) {
    for (const json& inner : value) {
      if (auto found = problem(document, schema["items"], inner, where + "[]"); !found.empty()) return found;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("every documented answer is as it is documented", "[serve][api]") {
  Served served;
  const std::map<std::string, std::string> k_values = {
      {"{site}", "a.test"}, {"{id}", "1"}, {"{version}", "2013"}, {"{older}", "n1"}, {"{newer}", "n2"}};
  CHECK(served.document["openapi"] == "3.1.0");
  CHECK(served.document["paths"].size() == 11);
  for (const auto& [path, item] : served.document["paths"].items()) {
    std::string target = path;
    for (const auto& [name, value] : k_values) {
      if (const auto at = target.find(name); at != std::string::npos) target.replace(at, name.size(), value);
    }
    CAPTURE(target);
    CHECK(target.find('{') == std::string::npos);
    for (const json& parameter : item["get"]["parameters"]) {
      if (parameter.contains("example"))
        target += "?" + parameter["name"].get<std::string>() + "=" + parameter["example"].get<std::string>();
    }
    const json& responses = item["get"]["responses"];
    const json answer = served.api(target.substr(std::string("/api/v1/").size()));
    CHECK(problem(served.document, responses["200"]["content"]["application/json"]["schema"], answer) == "");
    for (const json& parameter : item["get"]["parameters"])
      CHECK((parameter["in"] == "query" ||
             path.find("{" + parameter["name"].get<std::string>() + "}") != std::string::npos));
  }
}

TEST_CASE("what is not there is said in JSON", "[serve][api]") {
  Served served;
  const std::string target =
      GENERATE(as<std::string>{}, "sites/z.test", "series/9", "series/9/versions", "series/1/odd",
               "series/1/version/n9", "series/1/diff/n1/n9", "series/x", "odd", "series");
  CAPTURE(target);
  CHECK(served.api(target, 404)["error"].is_string());
  CHECK(get(*served.service, "/api/v2/sites").status == 404);
}

TEST_CASE("a cursor walks through what came, and then waits", "[serve][api]") {
  Served served;
  std::vector<std::string> seen;
  std::int64_t cursor = 0;
  for (int i = 0; i < 10; ++i) {
    const json answer = served.api("changes?limit=1&after=" + std::to_string(cursor));
    cursor = answer["cursor"];
    if (answer["changes"].empty()) break;
    seen.push_back(answer["changes"][0]["original"].get<std::string>() + " " +
                   answer["changes"][0]["first_seen"].get<std::string>());
    CHECK(answer["more"] == (seen.size() < 3));
  }
  CHECK(seen.size() == 3);
  const json nothing = served.api("changes?after=" + std::to_string(cursor));
  CHECK(nothing["changes"].empty());
  CHECK(nothing["cursor"] == cursor);

  add_pages(served.fixture, {{20050101000000, "https://b.test/privacy", "Privacy", "Older than all."}});
  const json news = served.api("changes?after=" + std::to_string(cursor));
  REQUIRE(news["changes"].size() == 1);
  CHECK(news["changes"][0]["first_seen"] == "20050101000000");
  CHECK(served.api("changes?site=b.test")["changes"].size() == 2);
}

TEST_CASE("sites by pages, parts of names and order", "[serve][api]") {
  Served served;
  CHECK(served.api("sites")["total"] == 2);
  CHECK(served.api("sites?limit=1&page=2")["sites"][0]["site"] == "b.test");
  CHECK(served.api("sites?q=B.T")["sites"][0]["site"] == "b.test");
  CHECK(served.api("sites?sort=changed")["sites"][0]["site"] == "b.test");
  CHECK(served.api("sites?sort=versions")["sites"][0]["site"] == "a.test");
  CHECK(served.api("sites?q=%25")["total"] == 0);
}
