// SPDX-License-Identifier: Apache-2.0
//
// The JSON report by lines, for tools that read streams: first
// {"type": "scan", …head}, then {"type": "finding", "finding": …} and
// {"type": "gap", "gap": …}, one a line; the values are those of
// json_report.cc.
#include "report/json_parts.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

}  // namespace

void WriteJsonlReport(const ScanReport& report,
                      const ReportOptions& /*options*/, std::string* out) {
  JsonWriter json(out);
  json.BeginObject(Layout::kInline);
  json.Field("type", "scan");
  json.Field("schema_version", uint64_t{1});
  WriteJsonHead(report, &json);
  json.EndObject();
  *out += '\n';
  for (const Finding& finding : report.findings) {
    json.BeginObject(Layout::kInline);
    json.Field("type", "finding");
    json.Key("finding");
    WriteJsonFinding(finding, &json);
    json.EndObject();
    *out += '\n';
  }
  for (const Gap& gap : report.gaps) {
    json.BeginObject(Layout::kInline);
    json.Field("type", "gap");
    json.Key("gap");
    WriteJsonGap(gap, &json);
    json.EndObject();
    *out += '\n';
  }
}

}  // namespace keysift
