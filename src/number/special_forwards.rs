//! What the numbers share of the special functions: the trait [`Special`](crate::Special) forwards its rows to the
//! inherent methods.

/// The functions of one variable.
macro_rules! emit_forward {
    ($(($name:ident, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self) -> Self {
            Self::$name(self)
        }
    )*};
}

/// The functions of an integer and one variable.
macro_rules! emit_family_forward {
    ($(($name:ident, $Order:ty, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self, n: $Order) -> Self {
            Self::$name(self, n)
        }
    )*};
}

/// What of an implementation of `Special` is the same for every number.
macro_rules! special_forwards {
    () => {
        for_each_special_rule!(emit_forward);
        for_each_special_family!(emit_family_forward);

        #[inline]
        fn stop_gradient(self) -> Self {
            Self::constant(self.re.stop_gradient())
        }
    };
}

pub(super) use {emit_family_forward, emit_forward, special_forwards};
