// Dates of the Republic of China calendar (民國): year 1 is 1912. Shown to people; stored as ISO.
#pragma once

#include "kernel/date.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mandate {

constexpr int roc_epoch_year = 1911;

// 112 for 2023; 0 or less before 1912 (0 is 民國前1年).
constexpr int roc_year(int year) { return year - roc_epoch_year; }

// Reads 民國112年3月7日, 中華民國112年3月7日, 112年3月7日, 民國元年1月1日, 112/03/07, 112.3.7, 112-03-07, 1120307 and 民國前1年12月31日
// (short: 民前1/12/31), with full-width digits and spaces anywhere between the parts. None for anything else: a date that does not exist,
// a year past 999 (a western year written in a Taiwanese form), six digits (the year could be 11 or 112).
std::optional<Date> parse_roc_date(std::string_view text);

std::string roc_long(Date on);   // 民國112年3月7日; 民國前1年12月31日 before 1912
std::string roc_short(Date on);  // 112/03/07; 民前1/12/31 before 1912
// 1120307, the year in three digits. None before 1912 and after ROC 999, which the form cannot write.
std::optional<std::string> roc_compact(Date on);

}  // namespace mandate
