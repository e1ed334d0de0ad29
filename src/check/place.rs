//! Where a function is checked: its arguments as one run of coordinates.

use crate::drive::containers::locate;
use crate::drive::sweeps::lifted::Held;
use crate::drive::{Name, Of, Point};
use crate::rules::Number;

/// The arguments of a function, their coordinates counted through from the first argument to the last.
pub(super) trait Place<T: Number>: Copy {
    /// The number of arguments.
    const ARGUMENTS: usize;

    /// The arguments with `D` in place of the numbers, owned.
    type Lifted<D>;

    /// The number of coordinates of all arguments.
    fn dim(self) -> usize;

    /// The arguments with `f` of each coordinate and its index, taken in order, and `fixed` of each number that isn't
    /// differentiated.
    fn lift<D>(self, f: impl FnMut(usize, T) -> D, fixed: impl FnMut(T) -> D) -> Self::Lifted<D>;

    /// The argument that coordinate `i` is in, its index there, and its name there.
    fn locate(self, i: usize) -> (usize, usize, Name);
}

macro_rules! place {
    ($count:literal: $($A:ident $a:ident)*) => {
        impl<T: Number, $($A: Point<Scalar = T> + ?Sized),*> Place<T> for ($(&$A,)*) {
            const ARGUMENTS: usize = $count;
            type Lifted<D> = ($(Held<Of<$A, D>>,)*);

            fn dim(self) -> usize {
                let ($($a,)*) = self;
                0 $(+ $a.dim())*
            }

            fn lift<D>(self, mut f: impl FnMut(usize, T) -> D, mut fixed: impl FnMut(T) -> D) -> Self::Lifted<D> {
                let ($($a,)*) = self;
                let mut indices = 0..;
                let mut next = |x| f(indices.next().unwrap_or(usize::MAX), x);
                ($(Held::lift($a, &mut next, &mut fixed),)*)
            }

            fn locate(self, i: usize) -> (usize, usize, Name) {
                let ($($a,)*) = self;
                let (argument, i) = locate([$($a.dim()),*], i);
                let names: [&dyn Fn(usize) -> Name; $count] = [$(&|i| $a.name(i)),*];
                (argument, i, names[argument](i))
            }
        }
    };
}

place!(1: A a);
place!(2: A a B b);
place!(3: A a B b C c);
place!(4: A a B b C c E e);
