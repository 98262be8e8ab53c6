// How many handlers run at once, and a bounded queue of those that wait for their turn. There are more threads than that, so that reading, writing
// and time-outs go on while every turn is taken.
#pragma once

#include <deque>
#include <functional>
#include <mutex>

namespace mandate::http {

class Turns {
 public:
  Turns(int count, std::size_t waiting_max) : free_(count), waiting_max_(waiting_max) {}
  enum class Answer { now, later, no };
  // `later` runs `job` on a thread of its own choice when a turn comes free.
  Answer take(std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    if (free_ > 0) {
      --free_;
      return Answer::now;
    }
    if (waiting_.size() >= waiting_max_) return Answer::no;
    waiting_.push_back(std::move(job));
    return Answer::later;
  }
  void give_back() {
    std::function<void()> next;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) {
        ++free_;
        return;
      }
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    next();
  }

 private:
  std::mutex mutex_;
  int free_;
  std::size_t waiting_max_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace mandate::http
