/// libtorch's operators under their own names, one function each, generated from the allow-list
/// `Tools/opgen/operators.txt`.
///
/// The public interface is written by hand on top of these.
package enum ATen {}
