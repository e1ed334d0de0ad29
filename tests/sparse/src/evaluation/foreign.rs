//! What other crates make of sparse derivatives, each behind its feature.

mod serialised {
    use tangents::sparse::{Coloring, HessianPlan, JacobianPlan, Layout, Order, SparseMatrix};
    use tangents::{Function, lambda};

    /// Text that is read back is the same plan, and in it each of these replacements, of the last such part, is an error with these words.
    fn assert_refused<T: serde_core::de::DeserializeOwned>(text: &str, replacements: &[(&str, &str, &str)]) {
        for &(part, other, words) in replacements {
            let (before, after) = text.rsplit_once(part).unwrap_or_else(|| panic!("no {part} in {text}"));
            let error = serde_json::from_str::<T>(&format!("{before}{other}{after}")).err();
            let error = error.unwrap_or_else(|| panic!("{other} for {part} is accepted")).to_string();
            assert!(error.contains(words), "{other} for {part}: {error}");
        }
    }

    #[test]
    fn what_is_read_is_what_was_written_and_is_checked() {
        let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0] * w[1].sin()).collect() });
        let x = [1.0, 2.0, 3.0];
        let coloring = Coloring::new(vec![0, 1, 0]);
        let pattern = f.jacobian_pattern(&x).unwrap();
        let plan = JacobianPlan::new(pattern.clone(), coloring).unwrap().with_layout(Layout::Columns);
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(text, r#"[[[2,3],[0,2,4],[0,1,1,2]],[0,1,0],[],"Columns",4]"#);
        let read: JacobianPlan = serde_json::from_str(&text).unwrap();
        let jacobian = read.jacobian(&f, &x).unwrap();
        assert_eq!(jacobian, plan.jacobian(&f, &x).unwrap());
        let bytes = postcard::to_allocvec(&plan).unwrap();
        assert_eq!(postcard::from_bytes::<JacobianPlan>(&bytes).unwrap().jacobian(&f, &x).unwrap(), jacobian);
        assert_refused::<JacobianPlan>(
            &text,
            &[
                ("[0,1,0]", "[0,0,1]", "0 and 1 have one colour"),
                ("[0,1,0]", "[0,1]", "the colours has length 2"),
                ("[0,1,1,2]", "[0,1,1,3]", "row 1 and column 3 lies outside"),
                ("[0,2,4]", "[0,2]", "the pointers has length 2"),
                ("[],", "[2],", "no row 2"),
                (",4]", ",5]", "the pass has length 5"),
            ],
        );

        let read: SparseMatrix<f64> =
            serde_json::from_str(&serde_json::to_string(&jacobian).unwrap()).unwrap();
        assert_eq!((read.layout(), &read), (Layout::Columns, &jacobian));
        let rows = jacobian.into_layout(Layout::Rows);
        assert_refused::<SparseMatrix<f64>>(
            &serde_json::to_string(&rows).unwrap(),
            &[("\"Rows\"", "\"rows\"", "unknown field"), ("[2,3]", "[2,2]", "lies outside")],
        );
    }

    #[test]
    fn plans_of_hessians_are_read_with_their_recovery() {
        let f = lambda!(|x: [f64]| -> f64 { T::sum(x.windows(2).map(|w| (w[0] * w[1]).exp())) });
        let x = [0.1, 0.2, 0.3, 0.4];
        let pattern = f.hessian_pattern(&x).unwrap();
        let acyclic = Coloring::acyclic(&pattern, Order::Natural).unwrap();
        let star = Coloring::star(&pattern, Order::Natural).unwrap();
        for plan in [
            HessianPlan::new(pattern.clone(), star).unwrap(),
            HessianPlan::by_substitution(pattern, acyclic).unwrap(),
        ] {
            let text = serde_json::to_string(&plan).unwrap();
            let read: HessianPlan = serde_json::from_str(&text).unwrap();
            assert_eq!(read.substitutes(), plan.substitutes());
            assert_eq!(read.hessian(&f, &x).unwrap(), plan.hessian(&f, &x).unwrap());
            assert_refused::<HessianPlan>(
                &text,
                &[("[0,1,", "[0,0,", "have one colour"), (",4]", ",16]", "length 16")],
            );
        }
    }
}

mod parallel {
    use ::rayon::ThreadPoolBuilder;
    use tangents::interop::rayon::{sparse_hessian, sparse_jacobian};
    use tangents::sparse::{Coloring, HessianPlan, JacobianPlan, Layout, Order, SparseError};
    use tangents::{Error, Function, lambda};

    use super::super::numbers;

    #[test]
    fn derivatives_on_many_threads_are_those_of_one() {
        let f = lambda!(|x: [f64]| -> Vec<f64> {
            let rows = x.windows(7).map(|w| w.iter().fold(T::one(), |product, &x| product * x.sin() + x));
            rows.chain([T::sum(x.iter().map(|x| x.exp()))]).collect()
        });
        let x = numbers(50);
        let pattern = f.jacobian_pattern(&x).unwrap();
        let last = [pattern.rows() - 1];
        let coloring = Coloring::of_columns(&pattern.without_rows(&last), Order::Natural);
        let plan = JacobianPlan::with_dense_rows(pattern, &last, coloring).unwrap().with_lanes(4).unwrap();
        let energy =
            lambda!(|x: [f64]| -> f64 { T::sum(x.windows(3).map(|w| (w[0] * w[1] - w[2]).powi(3))) });
        let pattern = energy.hessian_pattern(&x).unwrap();
        let acyclic = Coloring::acyclic(&pattern, Order::Natural).unwrap();
        let hessians = [
            HessianPlan::from_pattern(pattern.clone()).unwrap().with_lanes(4).unwrap(),
            HessianPlan::by_substitution(pattern, acyclic).unwrap(),
        ];
        for threads in 1..=3 {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            for layout in [Layout::Rows, Layout::Columns] {
                let plan = plan.clone().with_layout(layout);
                let jacobian = pool.install(|| sparse_jacobian(&plan, &f, &x)).unwrap();
                assert_eq!(jacobian, plan.jacobian(&f, &x).unwrap());
            }
            for plan in &hessians {
                let hessian = pool.install(|| sparse_hessian(plan, &energy, &x)).unwrap();
                assert_eq!(hessian, plan.hessian(&energy, &x).unwrap());
            }
        }
        let point = SparseError::Shape(Error::Length { what: "point", expected: 50, found: 49 });
        assert_eq!(sparse_jacobian(&plan, &f, &x[1..]).unwrap_err(), point);
        assert_eq!(sparse_hessian(&hessians[0], &energy, &x[1..]).unwrap_err(), point);
    }
}

mod matrices {
    use tangents::sparse::{Layout, SparseMatrix};

    use super::super::random_pattern;

    fn matrices() -> impl Iterator<Item = SparseMatrix<f64>> {
        [(5, 9, 3), (9, 5, 2), (0, 3, 1), (4, 0, 0)].into_iter().flat_map(|(rows, columns, per_row)| {
            let pattern = random_pattern(rows, columns, per_row, 5);
            let values = (0_u32..).take(pattern.nnz()).map(|k| f64::from(k) + 0.5).collect();
            let matrix = SparseMatrix::new(pattern, values).unwrap();
            [matrix.clone(), matrix.into_layout(Layout::Columns)]
        })
    }

    #[test]
    fn nalgebra_sparse_has_the_same_entries_in_the_same_places() {
        use nalgebra_sparse::{CscMatrix, CsrMatrix};

        for matrix in matrices() {
            let expected: Vec<_> =
                matrix.clone().into_layout(Layout::Rows).triplets().map(|(i, j, &x)| (i, j, x)).collect();
            let rows = CsrMatrix::from(matrix.clone());
            assert_eq!((rows.nrows(), rows.ncols()), (matrix.rows(), matrix.columns()));
            assert_eq!(rows.triplet_iter().map(|(i, j, &x)| (i, j, x)).collect::<Vec<_>>(), expected);
            let columns = CscMatrix::from(matrix);
            let mut found: Vec<_> = columns.triplet_iter().map(|(i, j, &x)| (i, j, x)).collect();
            found.sort_unstable_by_key(|&(i, j, _)| (i, j));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn sprs_has_the_same_entries_in_the_same_places() {
        use sprs::CsMat;

        for matrix in matrices() {
            let expected: Vec<_> = matrix.triplets().map(|(i, j, &x)| (x, (i, j))).collect();
            let (shape, layout) = ((matrix.rows(), matrix.columns()), matrix.layout());
            let made = CsMat::from(matrix);
            assert_eq!((made.shape(), made.is_csr()), (shape, layout == Layout::Rows));
            assert_eq!(made.iter().map(|(&x, at)| (x, at)).collect::<Vec<_>>(), expected);
        }
    }
}

mod factors {
    use nalgebra_sparse::factorization::CholeskyError;
    use tangents::implicit::{ImplicitError, minimum, root};
    use tangents::interop::nalgebra_sparse::cholesky;
    use tangents::{Number, Taylor, lambda};

    #[test]
    fn minima_are_differentiated_by_factors_of_nalgebra_sparse() {
        // Σ exp(yᵢ) − pᵢ·yᵢ with yᵢ = xᵢ + xᵢ₋₁/2 is least at yᵢ = ln pᵢ, pᵢ = p + i.
        fn least<T: Number>(p: T, n: u32) -> Vec<T> {
            let mut x: Vec<T> = Vec::new();
            for i in 0..n {
                let before = x.last().map_or(T::zero(), |&x| x * T::lit(0.5));
                x.push((p + T::lit(i.into())).ln() - before);
            }
            x
        }
        let f = lambda!(|z: (Vec<f64>, f64)| -> f64 {
            let (x, p) = z;
            let mut sum = T::zero();
            let (mut before, mut of_p) = (T::zero(), *p);
            for &x in x {
                let y = x + before * T::lit(0.5);
                sum += y.exp() - of_p * y;
                (before, of_p) = (x, of_p + T::one());
            }
            sum
        });
        let p = Taylor::<f64, 2>::new(1.5, [1.0, 0.0]);
        let x = minimum(f).sparse(cholesky).at(&p, |&p| least(p, 30)).unwrap();
        for (x, expected) in x.iter().zip(least(p, 30)) {
            assert!((1..=2).all(|k| (x.derivative(k) - expected.derivative(k)).abs() < 1e-13));
        }
    }

    #[test]
    fn what_is_not_positive_definite_has_none() {
        let p = Taylor::<f64, 1>::new(1.0, [1.0]);
        let saddle =
            lambda!(|z: (Vec<f64>, f64)| -> f64 { z.0[0] * z.0[0] - z.0[1] * z.0[1] + z.1 * z.0[0] });
        let error = minimum(saddle).sparse(cholesky).at(&p, |p| vec![-p / 2.0, 0.0]).unwrap_err();
        assert_eq!(error, ImplicitError::Linear(CholeskyError::NotPositiveDefinite));
        // No entry is stored in the second column.
        let flat = lambda!(|z: (Vec<f64>, f64)| -> f64 { z.0[0] * z.0[0] + z.0[1] + z.1 * z.0[0] });
        let error = minimum(flat).sparse(cholesky).at(&p, |p| vec![-p / 2.0, 0.0]).unwrap_err();
        assert_eq!(error, ImplicitError::Linear(CholeskyError::NotPositiveDefinite));
        let skew = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
            let (x, p) = z;
            vec![x[0] + T::lit(3.0) * x[1] - *p, x[1] - T::lit(0.5) * x[0] - *p]
        });
        let error = root(skew).sparse(cholesky).at(&p, |p| vec![-0.8 * p, 0.6 * p]).unwrap_err();
        assert!(matches!(error, ImplicitError::Inaccurate { .. }), "{error}");
    }
}
