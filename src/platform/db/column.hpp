// How C++ types stand in columns: integers for ids, instants, percentages and money, ISO text for dates, the name for enums.
#pragma once

#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "kernel/money.hpp"
#include "kernel/percent.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
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

template <class T>
Value to_value(const T& x) {
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
T from_value(const Value& v) {
  if constexpr (is_optional<T>::value) {
    if (v.null) return std::nullopt;
    return Column<typename T::value_type>::read(v);
  } else {
    if (v.null) return T{};
    return Column<T>::read(v);
  }
}

// A row is a described struct (its members in the order of the selected columns) or a single column type.
template <class Row>
constexpr bool is_record = boost::describe::has_describe_members<Row>::value;

template <class Row>
std::vector<ColumnType> columns_of() {
  std::vector<ColumnType> types;
  if constexpr (is_record<Row>) {
    boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto member) {
      using Member = std::remove_reference_t<decltype(std::declval<Row&>().*member.pointer)>;
      types.push_back(Column<Member>::type);
    });
  } else {
    types.push_back(Column<Row>::type);
  }
  return types;
}

template <class Row>
Row read_row(const Value* columns) {
  if constexpr (is_record<Row>) {
    Row row{};
    std::size_t at = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto member) {
      using Member = std::remove_reference_t<decltype(row.*member.pointer)>;
      row.*member.pointer = from_value<Member>(columns[at++]);
    });
    return row;
  } else {
    return from_value<Row>(columns[0]);
  }
}

}  // namespace mandate::db
