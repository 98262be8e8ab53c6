// How C++ types stand in columns: integers for ids, instants, percentages and money, ISO text for dates, the name for enums.
#pragma once

#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "kernel/money.hpp"
#include "kernel/percent.hpp"

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace mandate::db {

enum class ColumnType { integer, real, text };

struct Value {  // a bound parameter or a fetched column
  ColumnType type = ColumnType::integer;
  bool null = true;
  long long integer = 0;
  double real = 0;
  std::string text;
};

template <class T, class = void>
struct Column;  // type, write(Value&, const T&), read(const Value&)

template <class T>
struct Column<T, std::enable_if_t<std::is_integral_v<T>>> {
  static constexpr ColumnType type = ColumnType::integer;
  static void write(Value& v, T x) { v.integer = static_cast<long long>(x); }
  static T read(const Value& v) { return static_cast<T>(v.integer); }
};
template <>
struct Column<double> {
  static constexpr ColumnType type = ColumnType::real;
  static void write(Value& v, double x) { v.real = x; }
  static double read(const Value& v) { return v.real; }
};
template <>
struct Column<std::string> {
  static constexpr ColumnType type = ColumnType::text;
  static void write(Value& v, const std::string& x) { v.text = x; }
  static std::string read(const Value& v) { return v.text; }
};
template <>
struct Column<std::string_view> {
  static constexpr ColumnType type = ColumnType::text;
  static void write(Value& v, std::string_view x) { v.text.assign(x); }
};
template <std::size_t N>
struct Column<char[N]> : Column<std::string_view> {};
template <>
struct Column<const char*> : Column<std::string_view> {};
template <class Tag>
struct Column<Id<Tag>> {
  static constexpr ColumnType type = ColumnType::integer;
  static void write(Value& v, Id<Tag> x) { v.integer = x.value; }
  static Id<Tag> read(const Value& v) { return Id<Tag>{v.integer}; }
};
template <>
struct Column<Instant> {
  static constexpr ColumnType type = ColumnType::integer;
  static void write(Value& v, Instant x) { v.integer = x.micros; }
  static Instant read(const Value& v) { return Instant{v.integer}; }
};
template <>
struct Column<Date> {
  static constexpr ColumnType type = ColumnType::text;
  static void write(Value& v, Date x) { v.text = x.iso(); }
  static Date read(const Value& v) {
    const auto date = Date::parse(v.text);
    if (!date) throw std::runtime_error("a date column holds no ISO date");
    return *date;
  }
};
template <>
struct Column<Percent> {
  static constexpr ColumnType type = ColumnType::integer;
  static void write(Value& v, Percent x) { v.integer = x.basis_points; }
  static Percent read(const Value& v) { return Percent{v.integer}; }
};
template <>
struct Column<Money> {
  static constexpr ColumnType type = ColumnType::integer;
  static void write(Value& v, Money x) { v.integer = x.dollars; }
  static Money read(const Value& v) { return Money{v.integer}; }
};
template <class E>
struct Column<E, std::enable_if_t<std::is_enum_v<E>>> {
  static constexpr ColumnType type = ColumnType::text;
  static void write(Value& v, E x) { v.text = boost::describe::enum_to_string(x, ""); }
  static E read(const Value& v) {
    E out{};
    if (!boost::describe::enum_from_string(v.text.c_str(), out)) throw std::runtime_error("a column holds an unknown name: " + v.text);
    return out;
  }
};
template <class T>
struct Column<std::optional<T>> {
  static constexpr ColumnType type = Column<T>::type;
};

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

// Not inlined: a statement with twenty parameters would else hold the making of a Value twenty times.
template <class T>
[[gnu::noinline]] Value to_value(const T& x) {
  Value v;
  v.type = Column<T>::type;
  if constexpr (is_optional<T>::value) {
    if (x) {
      v.null = false;
      Column<typename T::value_type>::write(v, *x);
    }
  } else {
    v.null = false;
    Column<T>::write(v, x);
  }
  return v;
}

template <class T>
[[gnu::noinline]] void read_value(const Value& v, T& out) {
  if constexpr (is_optional<T>::value) {
    if (v.null) {
      out.reset();
    } else {
      out = Column<typename T::value_type>::read(v);
    }
  } else if (v.null) {
    out = T{};
  } else {
    out = Column<T>::read(v);
  }
}

// A row is a described struct (its members in the order of the selected columns) or a single column type. How its columns are read is a table made by the
// compiler, so that the reading itself is compiled once.
struct RowColumn {
  ColumnType type;
  void (*read)(const Value&, void* row);
};

namespace rows {

template <class Row, class D>
void read_member(const Value& v, void* row) {
  read_value(v, static_cast<Row*>(row)->*D::pointer);
}
template <class T>
void read_single(const Value& v, void* row) {
  read_value(v, *static_cast<T*>(row));
}
template <class Row, template <class...> class List, class... D>
constexpr std::array<RowColumn, sizeof...(D)> columns_from(List<D...>*) {
  return {RowColumn{Column<std::remove_reference_t<decltype(std::declval<Row&>().*D::pointer)>>::type, &read_member<Row, D>}...};
}
template <class Row>
constexpr auto columns_from() {
  if constexpr (boost::describe::has_describe_members<Row>::value) {
    return columns_from<Row>(static_cast<boost::describe::describe_members<Row, boost::describe::mod_public>*>(nullptr));
  } else {
    return std::array{RowColumn{Column<Row>::type, &read_single<Row>}};
  }
}
template <class Row>
inline constexpr auto columns = columns_from<Row>();

}  // namespace rows

template <class Row>
constexpr std::span<const RowColumn> columns_of() {
  return rows::columns<Row>;
}

}  // namespace mandate::db
