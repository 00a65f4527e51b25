// Asio and Beast take several seconds to compile: everything of theirs that is not a template is
// compiled here, once.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
