//! Every generation of `nalgebra` whose traits there is a feature for computes with dual numbers.

use tangents::Dual;

/// M = (x, 1, 0; 1, 3, 1; 0, 1, x²) at 2: its determinant is 3x³ − x² − x, and its eigenvalues' derivatives are those of
/// perturbation theory, by mpmath.
macro_rules! generation {
    ($nalgebra:ident) => {
        mod $nalgebra {
            use ::$nalgebra::{Matrix3, RealField, convert};

            use super::*;

            fn m<T: RealField + Copy>(x: T) -> Matrix3<T> {
                let (o, i) = (T::zero(), T::one());
                Matrix3::new(x, i, o, i, convert(3.0), i, o, i, x * x)
            }

            #[test]
            fn determinants_and_eigenvalues_have_their_derivatives() {
                let x = Dual::new(Dual::<f64, 1>::new(2.0, [1.0]), [Dual::constant(1.0)]);
                let det = m(x).determinant();
                assert_eq!((det.re.re, det.re.eps, det.eps[0].eps), (18.0, [31.0], [34.0]));

                let mut eigenvalues = m(x).symmetric_eigen().eigenvalues.data.0[0];
                eigenvalues.sort_by(|a, b| a.partial_cmp(b).unwrap());
                let expected = [
                    [1.267_949_192_431_122_7, 0.800_641_262_882_228, -0.312_855_400_452_451_4],
                    [3.0, 1.666_666_666_666_666_7, -2.666_666_666_666_666_5],
                    [4.732_050_807_568_877, 2.532_692_070_451_105_3, 4.979_522_067_119_118],
                ];
                for (y, expected) in eigenvalues.into_iter().zip(expected) {
                    for (found, expected) in [y.re.re, y.re.eps[0], y.eps[0].eps[0]].into_iter().zip(expected)
                    {
                        assert!((found - expected).abs() < 1e-13, "{found} for {expected}");
                    }
                }
                // The control flow of `exp` converts to `f64` and back.
                let exp = m(Dual::<f64, 1>::new(2.0, [1.0])).exp()[(0, 0)];
                assert!((exp.re - 13.975_484_385_012_2).abs() < 1e-12);
                assert!((exp.eps[0] - 11.932_196_650_746_768).abs() < 1e-12);
            }
        }
    };
}

generation!(nalgebra_0_34);
generation!(nalgebra_0_33);
generation!(nalgebra_0_32);
