#include "serve/token.hpp"

#include <httplib.h>

#include "model/digest.hpp"

namespace winnow::serve {

bool is_authorized(std::string_view authorization, const std::string& token) {
  // Digests are compared: where two differ tells nothing of the token.
  const Sha256 given = sha256(authorization);
  const bool is_bearer = given == sha256("Bearer " + token);
  const bool is_basic = given == sha256(httplib::make_basic_authentication_header("winnow", token).second);
  return is_bearer || is_basic;
}

}  // namespace winnow::serve
