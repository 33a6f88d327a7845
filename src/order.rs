//! Putting in order: one sort for whatever is sorted, as each has its price in the wasm. What is equal stays in its order.

/// The places of numbers, the smallest first.
pub(crate) fn rising(numbers: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..numbers.len()).collect();
    places.sort_by(|one, other| numbers[*one].total_cmp(&numbers[*other]));
    places
}

/// A list with what is least first.
pub(crate) fn least_first<T>(list: Vec<T>, by: impl Fn(&T) -> f64) -> Vec<T> {
    let order = rising(&list.iter().map(by).collect::<Vec<f64>>());
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| list[at].take()).collect()
}

/// A list with what is most first.
pub(crate) fn most_first<T>(list: Vec<T>, by: impl Fn(&T) -> f64) -> Vec<T> {
    least_first(list, |item| -by(item))
}
