// What a described type looks like from outside, as a table made by the compiler: its members, how each is reached, and what kind of value it holds.
// Reading and writing JSON, query texts and schemas is then compiled once (json.cpp, schema.cpp) instead of once for every struct, which is what made
// files with routes slow to build.
#pragma once

#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "kernel/money.hpp"
#include "kernel/percent.hpp"

#include <array>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <typeinfo>
#include <vector>

namespace mandate::http {

using Json = boost::json::value;

template <class T>
constexpr bool is_described = boost::describe::has_describe_members<T>::value;
template <class T>
struct is_optional_of : std::false_type {};
template <class T>
struct is_optional_of<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector_of : std::false_type {};
template <class T>
struct is_vector_of<std::vector<T>> : std::true_type {};
template <class T>
struct is_id_of : std::false_type {};
template <class Tag>
struct is_id_of<Id<Tag>> : std::true_type {};

// A 63-bit number without a type of its own (an actor's account, an agency of another module): a string in JSON.
struct Number63 {
  std::int64_t value = 0;
  friend auto operator<=>(Number63, Number63) = default;
};

struct Shape;
using ShapeOf = const Shape& (*)();  // a function, so that a type may contain itself

struct Member {
  const char* name;
  ShapeOf shape;
  void* (*at)(void* record);
};

struct Choice {
  std::int64_t value;
  const char* name;
};

struct Shape {
  enum class Kind { boolean, integer, number, text, json, id, date, instant, percent, money, optional, list, choice, record };
  Kind kind;
  // boolean, integer, id, percent, money, choice
  std::int64_t (*get)(const void*) = nullptr;
  void (*set)(void*, std::int64_t) = nullptr;
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::span<const Choice> choices = {};
  // optional, list
  ShapeOf inner = nullptr;
  std::size_t (*size)(const void*) = nullptr;  // of an optional: 0 or 1
  const void* (*item)(const void*, std::size_t) = nullptr;
  void* (*append)(void*) = nullptr;  // a new item; of an optional a new value
  void (*clear)(void*) = nullptr;
  // record
  std::span<const Member> members = {};
  const std::type_info& (*type)() = nullptr;

  bool may_be_missing() const { return kind == Kind::optional || kind == Kind::list; }
};

template <class T>
const Shape& shape_of();

namespace shapes {

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T, class D>
void* member_at(void* record) {
  return &(static_cast<T*>(record)->*D::pointer);
}
template <class T, class D>
using MemberType = std::remove_reference_t<decltype(std::declval<T&>().*D::pointer)>;

template <class T, template <class...> class List, class... D>
constexpr std::array<Member, sizeof...(D)> members_from(List<D...>*) {
  return {Member{D::name, &shape_of<MemberType<T, D>>, &member_at<T, D>}...};
}
template <class T>
inline constexpr auto members = members_from<T>(static_cast<MembersOf<T>*>(nullptr));

template <template <class...> class List, class... D>
constexpr std::array<Choice, sizeof...(D)> choices_from(List<D...>*) {
  return {Choice{static_cast<std::int64_t>(D::value), D::name}...};
}
template <class E>
inline constexpr auto choices = choices_from(static_cast<boost::describe::describe_enumerators<E>*>(nullptr));

template <class T>
std::int64_t get_value(const void* x) {
  return static_cast<std::int64_t>(*static_cast<const T*>(x));
}
template <class T>
void set_value(void* x, std::int64_t n) {
  *static_cast<T*>(x) = static_cast<T>(n);
}
// Types that are one number with a name; the pointer says which member holds it.
template <class T, auto P>
std::int64_t get_member(const void* x) {
  return static_cast<const T*>(x)->*P;
}
template <class T, auto P>
void set_member(void* x, std::int64_t n) {
  static_cast<T*>(x)->*P = n;
}

template <class T>
const std::type_info& type_of() {
  return typeid(T);
}

template <class T>
constexpr Shape make() {
  using Kind = Shape::Kind;
  Shape s{};
  if constexpr (std::is_same_v<T, bool>) {
    s.kind = Kind::boolean;
    s.get = &get_value<T>;
    s.set = &set_value<T>;
  } else if constexpr (std::is_integral_v<T>) {
    s.kind = Kind::integer;
    s.get = &get_value<T>;
    s.set = &set_value<T>;
    s.min = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    s.max = sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(std::numeric_limits<T>::max());
  } else if constexpr (std::is_floating_point_v<T>) {
    static_assert(std::is_same_v<T, double>);
    s.kind = Kind::number;
  } else if constexpr (std::is_same_v<T, std::string>) {
    s.kind = Kind::text;
  } else if constexpr (std::is_same_v<T, Json>) {
    s.kind = Kind::json;
  } else if constexpr (is_id_of<T>::value || std::is_same_v<T, Number63>) {
    s.kind = Kind::id;
    s.get = &get_member<T, &T::value>;
    s.set = &set_member<T, &T::value>;
  } else if constexpr (std::is_same_v<T, Date>) {
    s.kind = Kind::date;
  } else if constexpr (std::is_same_v<T, Instant>) {
    s.kind = Kind::instant;
  } else if constexpr (std::is_same_v<T, Percent>) {
    s.kind = Kind::percent;
    s.get = &get_member<T, &T::basis_points>;
    s.set = &set_member<T, &T::basis_points>;
  } else if constexpr (std::is_same_v<T, Money>) {
    s.kind = Kind::money;
    s.get = &get_member<T, &T::dollars>;
    s.set = &set_member<T, &T::dollars>;
  } else if constexpr (is_optional_of<T>::value) {
    using Inner = typename T::value_type;
    s.kind = Kind::optional;
    s.inner = &shape_of<Inner>;
    s.size = [](const void* x) { return static_cast<const T*>(x)->has_value() ? std::size_t{1} : std::size_t{0}; };
    s.item = [](const void* x, std::size_t) -> const void* { return &**static_cast<const T*>(x); };
    s.append = [](void* x) -> void* { return &static_cast<T*>(x)->emplace(); };
    s.clear = [](void* x) { static_cast<T*>(x)->reset(); };
  } else if constexpr (is_vector_of<T>::value) {
    using Inner = typename T::value_type;
    static_assert(!std::is_same_v<Inner, bool>);
    s.kind = Kind::list;
    s.inner = &shape_of<Inner>;
    s.size = [](const void* x) { return static_cast<const T*>(x)->size(); };
    s.item = [](const void* x, std::size_t at) -> const void* { return &(*static_cast<const T*>(x))[at]; };
    s.append = [](void* x) -> void* { return &static_cast<T*>(x)->emplace_back(); };
    s.clear = [](void* x) { static_cast<T*>(x)->clear(); };
  } else if constexpr (std::is_enum_v<T>) {
    s.kind = Kind::choice;
    s.get = &get_value<T>;
    s.set = &set_value<T>;
    s.choices = choices<T>;
  } else {
    static_assert(is_described<T>, "describe the struct to send it or to read it");
    s.kind = Kind::record;
    s.members = members<T>;
    s.type = &type_of<T>;
  }
  return s;
}

template <class T>
inline constexpr Shape shape = make<T>();

}  // namespace shapes

template <class T>
const Shape& shape_of() {
  return shapes::shape<T>;
}

}  // namespace mandate::http
