// The answer of a use case: a value, or a fault a person can act on. A refusal is a value; a breakdown (database gone) is an exception.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mandate {

enum class FaultKind {
  invalid,          // the input breaks a rule; the fields say where
  unauthenticated,  // nobody is signed in
  forbidden,        // signed in, but not allowed
  not_found,        // no such record, or none this actor may know of
  conflict,         // the record is in a state that excludes this
  stale,            // somebody changed the record since it was read
  too_large,        // more than the limit of the route
  too_many,         // throttled
  unavailable       // cannot be answered now; try again
};

// A text argument of a message, inserted for {name} in the translation.
using MessageArgs = std::vector<std::pair<std::string, std::string>>;

struct FieldFault {
  std::string path;  // "due_on", "rows[3].code", "line 12"
  std::string key;   // translation key
  MessageArgs args;
};

struct Fault {
  FaultKind kind = FaultKind::invalid;
  std::string key;  // translation key, e.g. "duty.not_open"
  MessageArgs args;
  std::vector<FieldFault> fields;
  int retry_after_seconds = 0;  // for too_many and unavailable
};

inline Fault fault(FaultKind kind, std::string key, MessageArgs args = {}) { return Fault{kind, std::move(key), std::move(args), {}, 0}; }

inline Fault field_fault(std::string path, std::string key, MessageArgs args = {}) {
  Fault f{FaultKind::invalid, "input.invalid", {}, {}, 0};
  f.fields.push_back({std::move(path), std::move(key), std::move(args)});
  return f;
}

struct Unit {
  friend bool operator==(Unit, Unit) { return true; }
};

template <class T = Unit>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Fault f) : state_(std::in_place_index<1>, std::move(f)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  Fault& fault() & { return std::get<1>(state_); }
  const Fault& fault() const& { return std::get<1>(state_); }
  Fault&& fault() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Fault> state_;
};

inline Result<> done() { return Unit{}; }

}  // namespace mandate

// Hands a fault on to the caller; otherwise goes on. `MANDATE_TRY(service.check(x));`
#define MANDATE_TRY(expression)                                  \
  do {                                                           \
    if (auto try_result = (expression); !try_result.ok()) {      \
      return std::move(try_result).fault();                      \
    }                                                            \
  } while (false)

#define MANDATE_JOIN_(a, b) a##b
#define MANDATE_JOIN(a, b) MANDATE_JOIN_(a, b)
// Binds the value or hands the fault on. `MANDATE_ASSIGN(auto duty, find_duty(id));`
#define MANDATE_ASSIGN_(temporary, declaration, expression) \
  auto temporary = (expression);                            \
  if (!temporary.ok()) {                                    \
    return std::move(temporary).fault();                    \
  }                                                         \
  declaration = std::move(temporary).value()
#define MANDATE_ASSIGN(declaration, expression) MANDATE_ASSIGN_(MANDATE_JOIN(assign_result_, __LINE__), declaration, expression)
