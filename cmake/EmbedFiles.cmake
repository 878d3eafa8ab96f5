# Files as a function of the program, so that the binary needs none beside it.
#
#   winnow_embed(<name> <folder>): a source file of winnow_<name> that defines winnow::serve::page_file(name)
#   (serve/page_file.hpp) for the files of the folder
#
# Run as a script (cmake -P) it writes that source file: FOLDER, OUTPUT.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB files RELATIVE "${FOLDER}" "${FOLDER}/*")
  list(SORT files)
  set(entries "")
  foreach(name IN LISTS files)
    file(READ "${FOLDER}/${name}" hex HEX)
    string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
    # A line of source for every 24 bytes: adjacent literals are one.
    string(REGEX REPLACE "((\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..)(\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..)(\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..\\\\x..))" "\\1\"\n    \"" escaped "${escaped}")
    string(APPEND entries "  if (name == \"${name}\")\n    return \"${escaped}\"sv;\n")
  endforeach()
  file(WRITE "${OUTPUT}" "// Written by cmake/EmbedFiles.cmake.\n#include \"serve/page_file.hpp\"\n\nnamespace winnow::serve {\n\nusing namespace std::string_view_literals;\n\nstd::string_view page_file(std::string_view name) {\n${entries}  return {};\n}\n\n}  // namespace winnow::serve\n")
  return()
endif()

function(winnow_embed target folder)
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*")
  set(output "${CMAKE_BINARY_DIR}/generated/serve/page_files.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -D "FOLDER=${folder}" -D "OUTPUT=${output}" -P "${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake"
    DEPENDS ${files} "${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake"
    VERBATIM)
  target_sources(winnow_${target} PRIVATE "${output}")
endfunction()
