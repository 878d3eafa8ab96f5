#include "serve/reader_pool.hpp"

#include <chrono>
#include <utility>

namespace winnow::serve {

namespace {
constexpr std::chrono::seconds k_patience{10};
}

ReaderPool::ReaderPool(std::filesystem::path path, std::size_t most)
    : m_path(std::move(path)), m_to_open(most - 1) {
  m_idle.reserve(most);
  m_idle.push_back(std::make_unique<Readers>(m_path));
}

ReaderPool::Lease ReaderPool::lease() {
  {
    std::unique_lock lock(m_mutex);
    const auto has_one = [this] { return !m_idle.empty() || m_to_open > 0; };
    if (!m_free.wait_for(lock, k_patience, has_one)) throw Busy{};
    if (!m_idle.empty()) {
      auto readers = std::move(m_idle.back());
      m_idle.pop_back();
      return {*this, std::move(readers)};
    }
    --m_to_open;
  }
  try {
    return {*this, std::make_unique<Readers>(m_path)};
  } catch (...) {
    const std::lock_guard lock(m_mutex);
    ++m_to_open;
    throw;
  }
}

ReaderPool::Lease::~Lease() {
  m_pool.give_back(std::move(m_readers));
}

void ReaderPool::give_back(std::unique_ptr<Readers> readers) {
  {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(readers));
  }
  m_free.notify_one();
}

}  // namespace winnow::serve
