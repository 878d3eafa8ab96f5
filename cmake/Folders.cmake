# A folder of the source tree is one static library of the same name; tests/unit/<folder>/ tests it.
#
#   winnow_folder(<name> SOURCES a.cpp b.cpp... [PUBLIC libs...] [PRIVATE libs...])
#
# PUBLIC libraries are those whose headers the folder's own headers include.
function(winnow_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(winnow_${name} STATIC ${arg_SOURCES})
  target_include_directories(winnow_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(winnow_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

#   winnow_unit_tests(<folder> a_test.cpp...): the executable winnow_<folder>_tests, one ctest entry
function(winnow_unit_tests name)
  add_executable(winnow_${name}_tests ${ARGN})
  target_link_libraries(winnow_${name}_tests PRIVATE winnow_${name} winnow_catch_main winnow_test_support)
  add_test(NAME unit.${name} COMMAND winnow_${name}_tests)
  set_tests_properties(unit.${name} PROPERTIES TIMEOUT 900)
endfunction()
