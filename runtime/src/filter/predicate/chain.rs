//! Predicates, and chains of predicates in which each one calls the next.

/// Predicate on a message.
pub(in crate::filter) type Predicate<M> = Box<dyn Fn(&M) -> bool + Send + Sync>;

/// Conjunction of predicates, in which each predicate owns and calls its tail. The whole chain costs one call of a boxed
/// function for each predicate, and no loop.
pub(super) struct PredicateChain<M> {
    pub(super) predicate: Predicate<M>,
    /// Number of nested predicates.
    pub(super) length: usize,
}

/// Predicate that is evaluated after another one that returned `true`.
pub(super) type Tail<M> = Option<Predicate<M>>;

impl<M> PredicateChain<M> {
    /// Longest chain of nested predicates. Longer conjunctions are evaluated in a loop, to bound stack depth. Both calls
    /// without optimization and the drop of a chain use stack for each predicate.
    pub(super) const MAX_LENGTH: usize = 16;
}

/// Adds a predicate in front of a chain.
pub(super) fn prepend<M>(
    chain: Option<PredicateChain<M>>,
    create: impl FnOnce(Tail<M>) -> Predicate<M>,
) -> PredicateChain<M> {
    let length = chain.as_ref().map_or(0, |chain| chain.length) + 1;
    PredicateChain { predicate: create(chain.map(|chain| chain.predicate)), length }
}

/// Returns the conjunction of a predicate and its tail.
pub(super) fn and<M: 'static>(predicate: Predicate<M>, tail: Tail<M>) -> Predicate<M> {
    match tail {
        Some(tail) => Box::new(move |message| predicate(message) && tail(message)),
        None => predicate,
    }
}
