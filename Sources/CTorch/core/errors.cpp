// Exceptions become a status and a message of this thread; nothing escapes into Swift.
#include <new>
#include <vector>

#include "../include/ctorch.h"
#include "guarded.h"

namespace {

thread_local std::string last_message;
// Of each open scope, innermost last, whether something has failed in it.
thread_local std::vector<bool> scopes;

ct_status keep(const char* operation, const char* what, ct_status status) {
  last_message = std::string(operation) + ": " + what;
  return status;
}

}  // namespace

namespace ct {

ct_status fail(const char* operation) {
  try {
    throw;
  } catch (const Poisoned&) {
    return CT_POISONED;
  } catch (const c10::OutOfMemoryError& error) {
    return keep(operation, error.what_without_backtrace(), CT_OUT_OF_MEMORY);
  } catch (const c10::IndexError& error) {
    return keep(operation, error.what_without_backtrace(), CT_INDEX);
  } catch (const c10::NotImplementedError& error) {
    return keep(operation, error.what_without_backtrace(), CT_NOT_IMPLEMENTED);
  } catch (const c10::LinAlgError& error) {
    return keep(operation, error.what_without_backtrace(), CT_LINEAR_ALGEBRA);
  } catch (const c10::Error& error) {
    // The CPU allocator reports exhaustion as a plain error that names itself.
    const std::string_view text = error.what_without_backtrace();
    const bool exhausted = text.find("not enough memory") != std::string_view::npos ||
                           text.find("DefaultCPUAllocator") != std::string_view::npos;
    return keep(
        operation, error.what_without_backtrace(), exhausted ? CT_OUT_OF_MEMORY : CT_INVALID);
  } catch (const std::bad_alloc& error) {
    return keep(operation, error.what(), CT_OUT_OF_MEMORY);
  } catch (const std::exception& error) {
    return keep(operation, error.what(), CT_OTHER);
  } catch (...) {
    return keep(operation, "an unknown exception", CT_OTHER);
  }
}

}  // namespace ct

CT_EXPORT const char* ct_error_message(void) { return last_message.c_str(); }
CT_EXPORT ct_int ct_error_scope_depth(void) { return static_cast<ct_int>(scopes.size()); }
CT_EXPORT void ct_error_scope_enter(void) { scopes.push_back(false); }

CT_EXPORT bool ct_error_scope_fail(void) {
  if (scopes.back()) return false;
  scopes.back() = true;
  return true;
}

CT_EXPORT bool ct_error_scope_leave(void) {
  const bool has_failed = scopes.back();
  scopes.pop_back();
  return has_failed;
}
