//~ write `lambda!(|x: [f64]| -> f64 { … })`, with the types of the argument and of the result, and a block
//~ each with its type and value: `lambda!([c: f64 = c] |x: [f64]| -> f64 { … })`
//~ --> src/bin/lambda_forms.rs:16:13
//~ --> src/bin/lambda_forms.rs:17:13
//~ --> src/bin/lambda_forms.rs:18:13
//~ --> src/bin/lambda_forms.rs:19:13
//~ --> src/bin/lambda_forms.rs:20:13
//~ the argument is handed over by reference anyway: write `x: [f64]` in place of `x: &[f64]`
//~ --> src/bin/lambda_forms.rs:21:13
//~ --> src/bin/lambda_forms.rs:22:13

use tangents::lambda;

fn main() {
    let c = 2.0;
    let _ = lambda!(|x| x[0] * x[1]);
    let _ = lambda!(|x: [f64]| x[0] * x[1]);
    let _ = lambda!(|x: [f64]| -> f64 x[0] * x[1]);
    let _ = lambda!([c] |x: [f64]| -> f64 { x[0] * T::lit(c) });
    let _ = lambda!(move |x: [f64]| -> f64 { x[0] * T::lit(c) });
    let _ = lambda!(|x: &[f64]| -> f64 { x[0] });
    let _ = lambda!([c: f64 = c] |x: &[f64]| -> f64 { x[0] * T::lit(c) });
}
