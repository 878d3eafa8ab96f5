// What an archived page is to the browser of a person who reads here: its source.
#pragma once

#include "serve/http_server.hpp"

namespace winnow::serve {

/// Gives a memento that a browser would make a page of the type text/plain, when a browser asks for it: its
/// Accept has text/html, and it says no time (Accept-Datetime, as Memento clients and pywb do). Others get
/// the archived type. No policy would do: chromium connects to the host of an <iframe> before it heeds the
/// policy that forbids the frame, so that whoever wrote an archived page would learn who reads it, and when.
void show_source_to_readers(const HttpRequest& request, HttpAnswer& answer);

}  // namespace winnow::serve
