#include "cli/body_reader.hpp"

#include <catch2/catch.hpp>

#include "storage/codec.hpp"

using namespace winnow;
using winnow::cli::BodyReader;

namespace {

BodyContent content(const std::string& bytes, const std::string& url) {
  return {.reading = {.body = sha256(bytes), .content_type = "text/html", .url = url},
          .sha1 = sha1(bytes),
          .size = bytes.size(),
          .body = {},
          .text = {}};
}

std::string markdown(const BodyContent& read) {
  return unpack(read.text->markdown.encoding, read.text->markdown.bytes, read.text->size);
}

}  // namespace

TEST_CASE("a body is packed and extracted as far as the store needs it") {
  const std::string bytes = "<p>We sell it.";
  const auto [body_known, text_known] =
      GENERATE(table<bool, bool>({{false, false}, {true, false}, {true, true}}));
  BodyReader reader;
  BodyContent read = content(bytes, "http://a.test/");
  reader.read(read, bytes, {body_known, text_known, 0}, "p");
  CHECK(read.body.has_value() == !body_known);
  CHECK(read.text.has_value() == !text_known);
}

TEST_CASE("a page that only differs in what is not read has the text of the one before") {
  BodyReader reader;
  const auto read = [&](const std::string& bytes, const std::string& url) {
    BodyContent content_of = content(bytes, url);
    reader.read(content_of, bytes, {}, "p");
    reader.sent("p", content_of.reading, bytes, content_of.body->depth);
    return content_of;
  };
  const std::string url = "http://a.test/";
  const auto one = read("<script>1</script><p>We <a href=x>sell</a> it.", url);
  const auto two = read("<script>2</script><p>We <a href=x>sell</a> it.", url);
  CHECK(markdown(one) == "We [sell](http://a.test/x) it.");
  CHECK(two.text->sha256 == one.text->sha256);
  CHECK(markdown(two) == markdown(one));
  CHECK(two.body->base == one.reading.body);

  SECTION("under its own URL") {
    CHECK(markdown(read("<script>3</script><p>We <a href=x>sell</a> it.", "http://b.test/")) ==
          "We [sell](http://b.test/x) it.");
  }
  SECTION("unless all its words stand in what is not read else") {
    CHECK(markdown(read("<noscript>Turn on JavaScript.</noscript>", url)) == "Turn on JavaScript.");
    CHECK(markdown(read("<noscript>Get another browser.</noscript>", url)) == "Get another browser.");
  }
}
