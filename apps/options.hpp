// The options that each verb takes, by which command_line.cpp reads a call.
#pragma once

#include "apps/verbs.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own
class App;
}

namespace cambrian::apps {

struct Options {
  std::vector<std::string> plugins;
  RunOptions run;
  ResumeOptions resume;
  InfoOptions info;
  ConfigOptions config;
  QueryOptions query;
  EvaluateOptions evaluate;
  ReplayOptions replay;
  ExportOptions export_elites;
  RebinOptions rebin;
  ListOptions list;
  DescribeOptions describe;
  CompletionOptions completion;
  ManOptions man;
};

/// Declares all verbs with their flags, which write into `options`, and their help.
void add_verbs(CLI::App& app, Options& options);

}  // namespace cambrian::apps
