//! `num-complex` 0.4: roots on the axes, powers with the exponent 0.

use num_complex::Complex;

use crate::row::{Row, rows};

/// Both parts, so that either shows what it has lost.
fn both<T: num_traits::Float>(z: Complex<T>) -> T {
    z.re + z.im + z.im
}

pub fn rows() -> Vec<Row> {
    rows! { "num-complex":
        "`sqrt(i + x)`" at ZERO,
            "both(sqrt(mpc(p + t, 1)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(p + t, N::from(1.0)).sqrt());
        "`sqrt(2 + iy)`" at ZERO,
            "both(sqrt(mpc(2, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(2.0), p + t).sqrt());
        "`sqrt(−2 + iy)`, on the cut" at ZERO,
            "both(1j*sqrt(mpc(2, -p - t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(-2.0), p + t).sqrt());
        "`cbrt(i + x)`" at ZERO,
            "both(cbrt(mpc(p + t, 1)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(p + t, N::from(1.0)).cbrt());
        "`cbrt(2 + iy)`" at ZERO,
            "both(cbrt(mpc(2, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(2.0), p + t).cbrt());
        "`asin(i + x)`" at ZERO,
            "both(asin(mpc(p + t, 1)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(p + t, N::from(1.0)).asin());
        "`asin(0.5 + iy)`" at ZERO,
            "both(asin(mpc(0.5, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(0.5), p + t).asin());
        "`acos(0.5 + iy)`" at ZERO,
            "both(acos(mpc(0.5, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(0.5), p + t).acos());
        "`asinh(2 + iy)`" at ZERO,
            "both(asinh(mpc(2, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(2.0), p + t).asinh());
        "`acosh(2 + iy)`" at ZERO,
            "both(acosh(mpc(2, p + t)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(N::from(2.0), p + t).acosh());
        "`acosh(x + 0.5i)`" at ONE,
            "both(acosh(mpc(p + t, 0.5)))", instead "`interop::num_complex::chain`",
            |p, t| both(Complex::new(p + t, N::from(0.5)).acosh());
        "`powf`, exponent" at ZERO,
            "both(mpc(0.5, 1.25)**(p + t))", instead "`(z.ln() * y).exp()`",
            |p, t| both(Complex::new(N::from(0.5), N::from(1.25)).powf(p + t));
        "`powc`, exponent" at ZERO,
            "both(mpc(0.5, 1.25)**(p + t))", instead "`(z.ln() * y).exp()`",
            |p, t| both(Complex::new(N::from(0.5), N::from(1.25)).powc(Complex::new(p + t, N::from(0.0))));
        "`(z.ln() * y).exp()`, y" at ZERO,
            "both(mpc(0.5, 1.25)**(p + t))", instead "",
            |p, t| both((Complex::new(N::from(0.5), N::from(1.25)).ln() * (p + t)).exp());
    }
}
