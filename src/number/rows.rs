//! What the numbers make of the tables of [`rules`](crate::rules), whose rows are functions of one variable.

/// A method for each row, whose body is what `$of_row!` makes of it.
macro_rules! emit_methods {
    (
        [$Number:ident, $Bound:ident, $of_row:ident]
        $(($name:ident $(($n:ident: $Order:ty))?, $what:literal, $words:literal, $($slope:tt)*))*
    ) => {
        /// Functions of one variable: a row each of a table in [`rules`](crate::rules).
        #[allow(unreachable_pub)] // of the number that only drivers name
        impl<T: $Bound, const N: usize> $Number<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ".", see!($Bound $name))]
            #[inline]
            pub fn $name(self $(, $n: $Order)?) -> Self {
                $of_row!(self, $name($($n)?), $($slope)*)
            }
        )*}
    };
}

/// Where more is said of a function.
macro_rules! see {
    (Real $name:ident) => {
        ""
    };
    (Special $name:ident) => {
        concat!(" See [`Special::", stringify!($name), "`].")
    };
}

/// A method of a trait for each row, which is the inherent method of the same name.
macro_rules! emit_forwards {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self $(, $n: $Order)?) -> Self {
            Self::$name(self $(, $n)?)
        }
    )*};
}

/// What of an implementation of `Special` is the same for every number.
macro_rules! special_forwards {
    () => {
        for_each_special_rule!(emit_forwards []);

        #[inline]
        fn stop_gradient(self) -> Self {
            Self::constant(self.re.stop_gradient())
        }
    };
}

pub(super) use {emit_forwards, emit_methods, see, special_forwards};
