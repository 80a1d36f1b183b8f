#include "text/error_json.hpp"

#include "outcome/exit_status.hpp"

namespace billctl {
namespace {

Json number(int n) {
  return n > 0 ? Json(n) : Json();
}

}  // namespace

Json error_json(const Error& error) {
  const Position at = error.mistakes().empty() ? Position{} : error.mistakes().front().at;
  const std::string message =
      error.mistakes().empty() ? error.message() : error.mistakes().front().message;
  Json body = Json::object({{"code", word(error.code())},
                            {"message", message},
                            {"hint", Json::text_or_null(error.hint())},
                            {"exit", static_cast<int>(exit_status(error.code()))},
                            {"file", Json::text_or_null(at.file)},
                            {"line", number(at.line)},
                            {"column", number(at.column)}});
  if (error.mistakes().empty()) return body;
  Json all = Json::array();
  for (const Mistake& mistake : error.mistakes()) {
    all.push(Json::object({{"file", Json::text_or_null(mistake.at.file)},
                           {"line", number(mistake.at.line)},
                           {"column", number(mistake.at.column)},
                           {"message", mistake.message},
                           {"hint", Json::text_or_null(mistake.hint)}}));
  }
  body.set("mistakes", std::move(all));
  return body;
}

Json refusal_json(const std::string& command, const Error& error) {
  return Json::object(
      {{"format", 1}, {"command", Json::text_or_null(command)}, {"error", error_json(error)}});
}

}  // namespace billctl
