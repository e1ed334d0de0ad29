//! Names of parameters in tokens.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

/// What a name in tokens is, as far as they tell.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// It may be that of a type or of a const parameter.
    Name,
    Lifetime,
    /// It follows `::`, so it isn't a parameter.
    Segment,
}

/// Each name in its place, replaced by what `f` gives for it.
fn map_names(tokens: TokenStream, f: &mut impl FnMut(Ident, Kind) -> TokenStream) -> TokenStream {
    // The two characters before.
    let mut before = [' '; 2];
    let each = tokens.into_iter().map(|token| {
        let (token, last) = match token {
            TokenTree::Ident(ident) => {
                let kind = match before {
                    [_, '\''] => Kind::Lifetime,
                    [':', ':'] => Kind::Segment,
                    _ => Kind::Name,
                };
                (f(ident, kind), ' ')
            }
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), map_names(group.stream(), f));
                inside.set_span(group.span());
                (inside.into_token_stream(), ' ')
            }
            TokenTree::Punct(punct) => {
                let last = punct.as_char();
                (punct.into_token_stream(), last)
            }
            TokenTree::Literal(literal) => (literal.into_token_stream(), ' '),
        };
        before = [before[1], last];
        token
    });
    each.collect()
}

/// Whether one of the names in the tokens is one that is looked for.
pub(crate) fn any_name(tokens: &impl ToTokens, mut is_it: impl FnMut(&Ident, Kind) -> bool) -> bool {
    let mut found = false;
    map_names(tokens.to_token_stream(), &mut |ident, kind| {
        found |= is_it(&ident, kind);
        TokenStream::new()
    });
    found
}

/// Whether the type or const parameter occurs in the tokens.
pub(crate) fn mentions(tokens: &impl ToTokens, parameter: &Ident) -> bool {
    any_name(tokens, |name, kind| kind == Kind::Name && name == parameter)
}

/// The tokens with `f64` in place of the number: a family.
pub(crate) fn family(tokens: &impl ToTokens, number: &Ident) -> TokenStream {
    map_names(tokens.to_token_stream(), &mut |name, kind| {
        if kind == Kind::Name && name == *number {
            quote_spanned!(name.span()=> ::core::primitive::f64)
        } else {
            name.into_token_stream()
        }
    })
}
