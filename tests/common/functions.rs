//! Functions of one number by the names of their methods, as the files of references call them.

use tangents::Special;

/// The function of that name at `x`, if it is one of those whose name says all.
pub(crate) fn by_name<T: Special>(name: &str, x: T) -> Option<T> {
    Some(match name {
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "asinh" => x.asinh(),
        "acosh" => x.acosh(),
        "atanh" => x.atanh(),
        "exp" => x.exp(),
        "exp2" => x.exp2(),
        "exp_m1" => x.exp_m1(),
        "ln" => x.ln(),
        "log2" => x.log2(),
        "log10" => x.log10(),
        "ln_1p" => x.ln_1p(),
        "sqrt" => x.sqrt(),
        "cbrt" => x.cbrt(),
        "recip" => x.recip(),
        "erf" => Special::erf(x),
        "erfc" => Special::erfc(x),
        "digamma" => x.digamma(),
        "sigmoid" => x.sigmoid(),
        "softplus" => x.softplus(),
        "logit" => x.logit(),
        _ => return None,
    })
}
