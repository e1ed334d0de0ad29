//~ data of a `lambda!` are `Copy`, and `Arc<Vec<f64>>` isn't
//~ hand it over by reference, `[data: &Model = &model]`

use std::sync::Arc;

use tangents::lambda;

fn main() {
    let data = Arc::new(vec![1.0, 2.0]);
    let _ = lambda!([data: Arc<Vec<f64>> = data.clone()] |x: [f64]| -> f64 { x[0] * T::lit(data[0]) });
}
