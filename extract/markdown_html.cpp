#include "extract/markdown_html.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <md4c.h>

#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/html_escape.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view k_replacement = "\uFFFD";

/// What a target leads by, and by nothing else. Character references before the scheme's colon (`java&#115;`,
/// `&colon;`) are refused: browsers undo them, nobody writes them.
template <std::size_t N>
bool is_safe(std::string_view target, const std::array<std::string_view, N>& schemes) {
  const std::size_t end = target.find_first_of(":/?#&");
  if (end == std::string_view::npos || (target[end] != ':' && target[end] != '&')) return true;
  if (target[end] == '&') return false;
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](std::string_view scheme) { return iequals(target.substr(0, end), scheme); });
}

/// md4c's own HTML renderer passes raw HTML and any link through, or shows `<br>` as text: hence this one.
class HtmlWriter {
public:
  explicit HtmlWriter(std::size_t most) : m_most(most) {}

  [[nodiscard]] bool is_full() const { return m_out.size() > m_most; }
  std::string take() { return std::move(m_out); }

  void enter(MD_BLOCKTYPE type, const void* detail) {
    if (type == MD_BLOCK_H) {
      m_out += fmt::format("<h{}>", static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
    } else if (type == MD_BLOCK_CODE) {
      m_out += "<pre><code>";
    } else if (const unsigned start = first_number(type, detail); start != 1) {
      m_out += fmt::format("<ol start=\"{}\">\n", start);
    } else if (const std::string_view tag = name(type); !tag.empty()) {
      m_out += fmt::format("<{}>{}", tag, holds_blocks(type) ? "\n" : "");
    }
  }

  void leave(MD_BLOCKTYPE type, const void* detail) {
    if (type == MD_BLOCK_H) {
      m_out += fmt::format("</h{}>\n", static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
    } else if (type == MD_BLOCK_CODE) {
      m_out += "</code></pre>\n";
    } else if (const std::string_view tag = name(type); !tag.empty() && type != MD_BLOCK_HR) {
      m_out += fmt::format("</{}>{}", tag, type == MD_BLOCK_TH || type == MD_BLOCK_TD ? "" : "\n");
    }
  }

  void enter(MD_SPANTYPE type, const void* detail) {
    if (type == MD_SPAN_IMG && ++m_images == 1) {
      const std::string source = target(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src);
      m_out += "<img";
      if (is_safe(source, std::array{"http"sv, "https"sv})) m_out += " src=\"" + source + '"';
      m_out += " alt=\"";
    }
    if (m_images > 0) return;
    if (type == MD_SPAN_A) {
      const std::string href = target(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href);
      const bool safe = is_safe(href, std::array{"http"sv, "https"sv, "mailto"sv, "tel"sv});
      m_out += safe ? "<a href=\"" + href + "\">" : "<a>";
    } else {
      m_out += type == MD_SPAN_EM ? "<em>" : type == MD_SPAN_STRONG ? "<strong>" : "<code>";
    }
  }

  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_IMG && --m_images == 0) m_out += "\">";
    if (m_images > 0 || type == MD_SPAN_IMG) return;
    if (type == MD_SPAN_A) {
      m_out += "</a>";
    } else {
      m_out += type == MD_SPAN_EM ? "</em>" : type == MD_SPAN_STRONG ? "</strong>" : "</code>";
    }
  }

  void text(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_NULLCHAR:
        m_out += k_replacement;
        break;
      case MD_TEXT_BR:
        m_out += m_images > 0 ? " " : "<br>\n";
        break;
      case MD_TEXT_SOFTBR:
        m_out += m_images > 0 ? ' ' : '\n';
        break;
      case MD_TEXT_ENTITY:  // letters and digits between `&` and `;`
        m_out += text;
        break;
      case MD_TEXT_HTML:
        if (m_images == 0 && (text == "<br>" || text == "<br/>" || text == "<br />")) {
          m_out += "<br>";
          break;
        }
        [[fallthrough]];
      default:
        append_escaped(m_out, text);
    }
  }

private:
  /// Of the blocks that are one element; empty for the others.
  static std::string_view name(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        return "blockquote";
      case MD_BLOCK_UL:
        return "ul";
      case MD_BLOCK_OL:
        return "ol";
      case MD_BLOCK_LI:
        return "li";
      case MD_BLOCK_HR:
        return "hr";
      case MD_BLOCK_P:
        return "p";
      case MD_BLOCK_TABLE:
        return "table";
      case MD_BLOCK_THEAD:
        return "thead";
      case MD_BLOCK_TBODY:
        return "tbody";
      case MD_BLOCK_TR:
        return "tr";
      case MD_BLOCK_TH:
        return "th";
      case MD_BLOCK_TD:
        return "td";
      default:
        return {};
    }
  }

  static bool holds_blocks(MD_BLOCKTYPE type) {
    return type != MD_BLOCK_LI && type != MD_BLOCK_P && type != MD_BLOCK_TR && type != MD_BLOCK_TH &&
           type != MD_BLOCK_TD;
  }

  static unsigned first_number(MD_BLOCKTYPE type, const void* detail) {
    return type == MD_BLOCK_OL ? static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start : 1;
  }

  /// A link's target as the value of an attribute.
  static std::string target(const MD_ATTRIBUTE& attribute) {
    std::string value;
    for (unsigned i = 0; attribute.substr_offsets != nullptr && attribute.substr_offsets[i] < attribute.size;
         ++i) {
      const std::string_view part(attribute.text + attribute.substr_offsets[i],
                                  attribute.substr_offsets[i + 1] - attribute.substr_offsets[i]);
      if (attribute.substr_types[i] == MD_TEXT_ENTITY) {
        value += part;
      } else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR) {
        value += k_replacement;
      } else {
        append_target(value, part);
      }
    }
    return value;
  }

  /// White space and control characters, which browsers take out of a scheme, stay characters.
  static void append_target(std::string& out, std::string_view text) {
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte <= ' ' || byte == 0x7F) {
        out += fmt::format("%{:02X}", byte);
      } else {
        append_escaped(out, std::string_view(&c, 1));
      }
    }
  }

  std::size_t m_most;
  std::string m_out;
  int m_images = 0;  ///< open: all inside is the outermost one's alternative text
};

/// No exception may cross md4c; the only one there is says that memory is out. Anything but 0 ends the parse.
template <class Work>
int guarded(void* writer, Work work) noexcept {
  try {
    auto& html = *static_cast<HtmlWriter*>(writer);
    work(html);
    return html.is_full() ? 1 : 0;
  } catch (...) {
    return 1;
  }
}

int enter_block(MD_BLOCKTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.enter(type, detail); });
}
int leave_block(MD_BLOCKTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.leave(type, detail); });
}
int enter_span(MD_SPANTYPE type, void* detail, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.enter(type, detail); });
}
int leave_span(MD_SPANTYPE type, void* /*detail*/, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.leave(type); });
}
int write_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* writer) {
  return guarded(writer, [&](HtmlWriter& html) { html.text(type, {text, size}); });
}

/// Nothing when it would be longer than `most`.
std::optional<std::string> render(std::string_view markdown, unsigned flags, std::size_t most) {
  MD_PARSER parser{};
  parser.flags = flags;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = write_text;
  HtmlWriter writer(most);
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &writer) == 0)
    return writer.take();
  if (!writer.is_full()) throw std::bad_alloc();
  return std::nullopt;
}

}  // namespace

std::string markdown_to_html(std::string_view markdown) {
  // A table's rows are filled up to its widest: 50 kB of bars become 225 MB of cells. Nothing else grows by
  // more than 28 times (a quote in a quote).
  const std::size_t most = 40 * markdown.size() + 4096;
  if (auto html = render(markdown, MD_FLAG_TABLES | MD_FLAG_NOHTMLBLOCKS, most)) return std::move(*html);
  return render(markdown, MD_FLAG_NOHTMLBLOCKS, std::string::npos).value();
}

std::string html_document(std::string_view title, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n<body>\n{}"
      "</body>\n</html>\n",
      escape_html(title), body);
}

}  // namespace winnow
