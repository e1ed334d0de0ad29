//! The memory of sparse evaluations: [`SparseWorkspace`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::recipe::Recipe;
use crate::number::on::{Carries, duals_in_place, duals_or_constants_in_place};
use crate::number::{Dual, DualOrConstant};
use crate::rules::Number;

/// The lanes of a chunk of coordinates in numbers that may be constants, in vectors of 128 bits and in wider ones.
pub(super) const WIDE: usize = 16;
pub(super) const WIDER: usize = 32;

/// The coordinates in a chunk of a Hessian's rows.
pub(super) const CHUNK: usize = 16;

/// The number for second derivatives: of a chunk of coordinates as rows, whose numbers alone have the outer lanes, and of `C`
/// colours as columns.
pub(super) type Twice<T, const C: usize> = DualOrConstant<Dual<T, C>, CHUNK>;

/// The memory that sparse derivatives are computed in: it grows to what the largest call needs and stays.
///
/// A plan is shared, a workspace is one thread's. It may serve several plans in turn, and is fastest with one: then the seeds
/// of the last call are those of the next.
///
/// ```
/// use tangents::sparse::{JacobianPlan, Pattern, SparseWorkspace};
/// use tangents::lambda;
///
/// let squares = lambda!(|x: [f64]| -> Vec<f64> { x.iter().map(|&x| x * x).collect() });
/// let plan = JacobianPlan::from_pattern(Pattern::from_entries((3, 3), (0..3).map(|i| (i, i)))?)?;
/// let (mut workspace, mut values) = (SparseWorkspace::new(), [0.0; 3]);
/// for x in [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]] {
///     plan.jacobian_into(&squares, &x, &mut values, &mut workspace)?;
///     assert_eq!(values, x.map(|x| 2.0 * x));
/// }
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
pub struct SparseWorkspace<T> {
    pub(super) four: Seeded<T, 4>,
    pub(super) eight: Seeded<T, 8>,
    pub(super) sixteen: Seeded<T, 16>,
    pub(super) wide: Vec<DualOrConstant<T, WIDE>>,
    pub(super) wider: Vec<DualOrConstant<T, WIDER>>,
    pub(super) twice_four: Vec<Twice<T, 4>>,
    pub(super) twice_eight: Vec<Twice<T, 8>>,
    /// The product of a Hessian and its colours, column after column.
    pub(super) product: Vec<T>,
}

/// A point lifted to dual numbers, and whose seeds they have.
pub(super) struct Seeded<T, const W: usize> {
    numbers: Vec<Dual<T, W>>,
    /// The recipe and the pass.
    seeds: Option<(Arc<Recipe>, usize)>,
}

impl<T> SparseWorkspace<T> {
    /// An empty workspace.
    pub const fn new() -> Self {
        Self {
            four: Seeded::new(),
            eight: Seeded::new(),
            sixteen: Seeded::new(),
            wide: Vec::new(),
            wider: Vec::new(),
            twice_four: Vec::new(),
            twice_eight: Vec::new(),
            product: Vec::new(),
        }
    }
}

impl<T> Default for SparseWorkspace<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What the memory holds is of no use to anyone.
impl<T> fmt::Debug for SparseWorkspace<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SparseWorkspace").finish_non_exhaustive()
    }
}

impl<T, const W: usize> Seeded<T, W> {
    const fn new() -> Self {
        Self { numbers: Vec::new(), seeds: None }
    }
}

impl<T: Number, const W: usize> Seeded<T, W> {
    /// The point `x` with the seeds of each pass of the recipe in turn, handed to `run` with the pass.
    ///
    /// What is there of a call before is kept: with one pass the values alone are written.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn each_pass<V: Carries<T>, E>(
        &mut self,
        recipe: &Arc<Recipe>,
        x: &[T],
        mut run: impl FnMut(usize, &[Dual<V, W>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self { numbers, seeds } = self;
        // Taken, so that none are kept if the function panics.
        let mut seeded = match seeds.take() {
            Some((of, pass)) if Arc::ptr_eq(&of, recipe) && numbers.len() == x.len() => {
                numbers.iter_mut().zip(x).for_each(|(number, &x)| number.re = x);
                Some(pass)
            }
            _ => {
                numbers.clear();
                numbers.extend(x.iter().map(|&x| Dual::constant(x)));
                None
            }
        };
        let lifted = duals_in_place::<T, V, W>(numbers);
        for pass in 0..recipe.passes().len() {
            if seeded != Some(pass) {
                recipe.reseed(lifted, 0, seeded, pass);
            }
            seeded = Some(pass);
            run(pass, lifted)?;
        }
        *seeds = seeded.map(|pass| (Arc::clone(recipe), pass));
        Ok(())
    }
}

/// The point `x` as constants that may get lanes, in memory that is kept.
macro_rules! constants_in {
    ($($name:ident: $N:ident;)*) => {$(
        #[cfg_attr(not(debug_assertions), inline(always))]
        pub(super) fn $name<'m, T: Number, V: Carries<T>>(
            numbers: &'m mut Vec<DualOrConstant<T, $N>>,
            x: &[T],
        ) -> &'m mut [DualOrConstant<V, $N>] {
            numbers.resize(x.len(), DualOrConstant::constant(T::zero()));
            let lifted = duals_or_constants_in_place::<T, V, $N>(numbers);
            lifted.iter_mut().zip(x).for_each(|(number, &x)| *number = DualOrConstant::constant(V::of(x)));
            lifted
        }
    )*};
}

constants_in! {
    wide_constants: WIDE;
    wider_constants: WIDER;
}
