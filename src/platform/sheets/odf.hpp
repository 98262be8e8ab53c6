// What the OpenDocument files that we write have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mandate::sheets {

// "<?xml ...><office:document-content ...>" with the name spaces; the caller closes it.
std::string odf_open(std::string_view element);
std::string odf_document(std::string_view element, std::string_view inside);
std::string odf_meta(std::string_view title);
// Of the package: its type and its parts; a part ending in .png or .svg says so.
std::string odf_manifest(std::string_view type, const std::vector<std::string>& parts);

constexpr std::string_view odf_fonts =
    "<office:font-face-decls><style:font-face style:name=\"sans\" svg:font-family=\"'Noto Sans TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', sans-serif\"/></office:font-face-decls>\n";

// The text inside of a paragraph: several spaces, tabs and line ends as elements of their own, or they would be lost. Without tabs they are spaces:
// LibreOffice drops them from the cells of a sheet and would glue two words together.
void odf_text(std::string& out, std::string_view text, bool tabs = true);
// A <text:p> for each line.
void odf_paragraphs(std::string& out, std::string_view text, bool tabs = true);

}  // namespace mandate::sheets
