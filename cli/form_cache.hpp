// What was made of pages, remembered by the pages' form.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_set>

#include "model/digest.hpp"
#include "model/lru_cache.hpp"
#include "model/text.hpp"

namespace winnow::cli {

/// `Value` has the page's `Text text`. Thread-safe; of several threads that bring one form at once, the first
/// reads it and the others wait: neighbouring captures come together, and mostly have one form.
template <class Value>
class FormCache {
public:
  explicit FormCache(std::size_t most_bytes) : m_values(most_bytes) {}

  /// The value of a page of this form (PreparedPage::form()): an earlier one's, where that must be the same,
  /// else what `make` gives. `cost` tells a value's bytes.
  template <class Make, class Cost>
  [[nodiscard]] std::shared_ptr<const Value> get(const Sha256& form, std::string_view url, Make make,
                                                 Cost cost) {
    const Turn turn(*this, form);
    if (auto known = m_values.find(form)) return *std::move(known);
    const Sha256 form_at_url = with_url(form, url);
    if (auto known = m_values.find(form_at_url)) return *std::move(known);
    auto value = std::make_shared<const Value>(make());
    const Text& text = value->text;
    // A fallback is of what the form leaves out; and another time there may be time enough.
    if (!has_mark(text, Mark::fallback) && !has_mark(text, Mark::timed_out))
      m_values.keep(text.depends_on_url ? form_at_url : form, value, cost(*value));
    return value;
  }

private:
  /// Waits until no other thread reads the form.
  class Turn {
  public:
    Turn(FormCache& cache, const Sha256& form) : m_cache(cache), m_form(form) {
      std::unique_lock lock(m_cache.m_mutex);
      m_cache.m_done.wait(lock, [this] { return m_cache.m_in_work.insert(m_form).second; });
    }
    ~Turn() {
      {
        const std::lock_guard lock(m_cache.m_mutex);
        m_cache.m_in_work.erase(m_form);
      }
      m_cache.m_done.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    FormCache& m_cache;
    Sha256 m_form;
  };

  static Sha256 with_url(const Sha256& form, std::string_view url) {
    Sha256Hasher hasher;
    hasher.update(form.raw());
    hasher.update(url);
    return hasher.finish();
  }

  LruCache<Sha256, std::shared_ptr<const Value>, DigestHash> m_values;
  std::mutex m_mutex;
  std::condition_variable m_done;
  std::unordered_set<Sha256, DigestHash> m_in_work;
};

}  // namespace winnow::cli
