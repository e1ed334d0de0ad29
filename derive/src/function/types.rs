//! What the types of a `fn` say: what is differentiated, what are data, what is returned, and which parameters the structure has.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Error, GenericArgument, GenericParam, Generics, Ident, Lifetime, LifetimeParam, PathArguments, Result,
    ReturnType, Token, Type, TypeParamBound, WherePredicate, parse_quote,
};

use super::signature::Argument;
use crate::tokens::{Kind, any_name, family, mentions};

/// What is differentiated: the first argument.
pub(super) struct First {
    /// `From`.
    pub(super) from: TokenStream,
    /// What `call` takes by reference.
    pub(super) takes: TokenStream,
    /// The array that the slice is made, if the function takes one.
    pub(super) array: Option<TokenStream>,
    pub(super) handed: Handed,
    pub(super) span: Span,
}

/// How an argument is handed to the `fn`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Handed {
    Reference,
    Value,
}

impl First {
    pub(super) fn read(ty: &Type, number: &Ident) -> Result<Self> {
        let ty = bare(ty);
        let t = number;
        let error =
            |at: &dyn ToTokens, message: String| Err(Error::new_spanned(at.to_token_stream(), message));
        if !mentions(ty, number) {
            let message = format!(
                "the first argument is what the function is differentiated by, and this one has no numbers `{t}`: put the one that \
                 has them first"
            );
            return error(ty, message);
        }
        let (inner, handed) = match ty {
            Type::Reference(reference) if reference.mutability.is_some() => {
                let message =
                    "a function that is differentiated doesn't change its argument: take `&` without `mut`";
                return error(ty, message.into());
            }
            Type::Reference(reference) => (bare(&reference.elem), Handed::Reference),
            _ => (ty, Handed::Value),
        };
        if matches!(inner, Type::ImplTrait(_) | Type::TraitObject(_)) {
            let message = format!("what is differentiated is a container of numbers by name: take `&[{t}]`");
            return error(inner, message);
        }
        if let Some(element) = vector_of(inner) {
            let element = element.to_token_stream();
            let message = format!(
                "take a slice, `&[{element}]`: it's what arrays, slices and `Vec`s are handed over as"
            );
            return error(ty, message);
        }
        if has_elided_lifetimes(inner) {
            let message =
                format!("what is differentiated holds its numbers, and no references to them: take `&[{t}]`");
            return error(inner, message);
        }
        let (takes, array) = match inner {
            Type::Array(array) => {
                let element = &array.elem;
                (quote!([#element]), Some(array.to_token_stream()))
            }
            _ => (inner.to_token_stream(), None),
        };
        Ok(Self { from: family(&takes, number), takes, array, handed, span: ty.span() })
    }
}

/// An argument that isn't differentiated: a field of the structure.
pub(super) struct Datum<'a> {
    pub(super) name: &'a Ident,
    /// With a name for each lifetime.
    pub(super) ty: Type,
    pub(super) handed: Handed,
    /// Whether it has the lifetime that the elided ones have become.
    elided: bool,
}

impl<'a> Datum<'a> {
    pub(super) fn read(argument: &'a Argument, number: &Ident, elided: &Lifetime) -> Result<Self> {
        let ty = bare(&argument.ty);
        let Some(name) = &argument.name else {
            let message = "give this argument a name, which the structure's field has too, and take it apart in the body";
            return Err(Error::new_spanned(&argument.pattern, message));
        };
        if mentions(ty, number) {
            let message = format!(
                "the arguments after the first are data, which aren't differentiated: they are plain numbers, as `f64`, and \
                 `{number}::lit(x)` makes a constant of one. What is differentiated together is one argument: \
                 `x: &(Vec<{number}>, {number})`, or a structure with `#[derive(Point)]`"
            );
            return Err(Error::new_spanned(ty, message));
        }
        let handed = match ty {
            Type::Reference(reference) if reference.mutability.is_some() => {
                let message = "a function runs several times for one derivative and its data stay as they are: take `&` without `mut`";
                return Err(Error::new_spanned(ty, message));
            }
            Type::Reference(_) => Handed::Reference,
            _ => Handed::Value,
        };
        let mut ty = ty.clone();
        let mut visitor = Elided { lifetime: Some(elided), found: false, impl_trait: None };
        visitor.in_type(&mut ty);
        if let Some(span) = visitor.impl_trait {
            let message = format!(
                "the structure holds this and needs a name for its type: write a type parameter, `{name}: &D` with `D: Trait`, and \
                 `#[function(number = {number})]`"
            );
            return Err(Error::new(span, message));
        }
        Ok(Self { name, ty, handed, elided: visitor.found })
    }
}

/// What the `fn` returns.
pub(super) struct Output<'a> {
    pub(super) ty: &'a Type,
    /// `To`.
    pub(super) to: TokenStream,
}

impl<'a> Output<'a> {
    pub(super) fn read(output: &'a ReturnType, name: &Ident, number: &Ident) -> Result<Self> {
        let t = number;
        let ReturnType::Type(_, ty) = output else {
            let message =
                format!("a function that is differentiated returns numbers: `{t}`, `[{t}; 2]`, `Vec<{t}>` …");
            return Err(Error::new(name.span(), message));
        };
        let ty = bare(ty);
        let message = if matches!(ty, Type::ImplTrait(_)) {
            format!("what is returned has a name: `{t}`, `[{t}; 2]`, `Vec<{t}>` …")
        } else if !mentions(ty, number) {
            format!("the result has no numbers `{t}`, so no derivatives: write `{t}` in place of `f64`")
        } else if has_elided_lifetimes(ty) {
            format!(
                "the result holds its numbers, and no references to them: return `{t}`, `[{t}; 2]`, `Vec<{t}>` …"
            )
        } else {
            return Ok(Self { ty, to: family(ty, number) });
        };
        Err(Error::new_spanned(ty, message))
    }
}

/// The parameters of the structure: those of the `fn` that its data have, and all that are constants.
pub(super) struct Parameters {
    /// With the bounds that don't speak of what the structure hasn't.
    pub(super) generics: Generics,
    /// The lifetimes of the `fn` that it hasn't.
    dropped: Vec<Lifetime>,
}

impl Parameters {
    pub(super) fn read(
        generics: &Generics,
        number: &Ident,
        data: &[Datum],
        elided: &Lifetime,
    ) -> Result<Self> {
        let is_dropped = |lifetime: &Lifetime| {
            !data.iter().any(|datum| any_name(&datum.ty, |name, kind| is_lifetime(lifetime, name, kind)))
        };
        let lifetimes = generics.lifetimes().map(|parameter| &parameter.lifetime);
        let dropped = lifetimes.filter(|lifetime| is_dropped(lifetime)).cloned().collect::<Vec<_>>();
        let speaks_of_dropped = |tokens: &dyn ToTokens| {
            any_name(&tokens.to_token_stream(), |name, kind| {
                kind == Kind::Name && name == number
                    || dropped.iter().any(|lifetime| is_lifetime(lifetime, name, kind))
            })
        };

        let mut kept = Generics::default();
        if data.iter().any(|datum| datum.elided) {
            kept.params.push(GenericParam::Lifetime(LifetimeParam::new(elided.clone())));
        }
        for parameter in &generics.params {
            let mut parameter = parameter.clone();
            match &mut parameter {
                GenericParam::Lifetime(parameter) if dropped.contains(&parameter.lifetime) => continue,
                GenericParam::Type(parameter) if parameter.ident == *number => continue,
                GenericParam::Lifetime(parameter) => {
                    parameter.bounds = only(&parameter.bounds, |bound| !speaks_of_dropped(bound));
                }
                GenericParam::Type(parameter) => {
                    let name = &parameter.ident;
                    if !data.iter().any(|datum| mentions(&datum.ty, name)) {
                        let message = format!(
                            "the structure has the type parameters of its data, the arguments after the first, and none of those has \
                             `{name}`: implement `Function` by hand, for a structure with a `PhantomData<{name}>`"
                        );
                        return Err(Error::new(name.span(), message));
                    }
                    parameter.bounds = bounds_without(&parameter.bounds, &speaks_of_dropped);
                }
                GenericParam::Const(_) => {}
            }
            kept.params.push(parameter);
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let mut predicate = predicate.clone();
            let speaks = match &mut predicate {
                WherePredicate::Type(predicate) => {
                    predicate.bounds = bounds_without(&predicate.bounds, &speaks_of_dropped);
                    speaks_of_dropped(&predicate.bounded_ty) || predicate.bounds.is_empty()
                }
                predicate => speaks_of_dropped(predicate),
            };
            if !speaks {
                kept.make_where_clause().predicates.push(predicate);
            }
        }
        Ok(Self { generics: kept, dropped })
    }

    /// Refuses lifetimes that the structure hasn't in what is differentiated and what is returned.
    pub(super) fn check(&self, types: [&TokenStream; 2]) -> Result<()> {
        for ty in types {
            let mut lifetimes = self.dropped.iter();
            let missing =
                lifetimes.find(|lifetime| any_name(ty, |name, kind| is_lifetime(lifetime, name, kind)));
            if let Some(lifetime) = missing {
                let message = format!(
                    "the structure has the lifetimes of its data, the arguments after the first, and none of those has `{lifetime}`: \
                     implement `Function` by hand, for a structure with a `PhantomData<&{lifetime} ()>`"
                );
                return Err(Error::new_spanned(ty, message));
            }
        }
        Ok(())
    }
}

fn is_lifetime(lifetime: &Lifetime, name: &Ident, kind: Kind) -> bool {
    kind == Kind::Lifetime && *name == lifetime.ident
}

fn only<B: Clone>(bounds: &Punctuated<B, Token![+]>, keep: impl Fn(&B) -> bool) -> Punctuated<B, Token![+]> {
    bounds.iter().filter(|bound| keep(bound)).cloned().collect()
}

fn bounds_without(
    bounds: &Punctuated<TypeParamBound, Token![+]>,
    speaks: &impl Fn(&dyn ToTokens) -> bool,
) -> Punctuated<TypeParamBound, Token![+]> {
    only(bounds, |bound| !speaks(bound))
}

/// The type without parentheses, and without those invisible ones that are around what a `macro_rules!` has taken in.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// What a `Vec` is of.
fn vector_of(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Vec")?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(element)) => Some(element),
            _ => None,
        },
        _ => None,
    }
}

/// A lifetime that the parameters don't use.
pub(super) fn unused_lifetime(generics: &Generics) -> Lifetime {
    let mut names = ('a'..='z').map(|name| Lifetime::new(&format!("'{name}"), Span::mixed_site()));
    let used = |name: &Lifetime| any_name(generics, |ident, kind| is_lifetime(name, ident, kind));
    names.find(|name| !used(name)).unwrap_or_else(|| parse_quote!('elided))
}

fn has_elided_lifetimes(ty: &Type) -> bool {
    let mut visitor = Elided { lifetime: None, found: false, impl_trait: None };
    visitor.in_type(&mut ty.clone());
    visitor.found
}

/// Finds elided lifetimes, and names them.
struct Elided<'a> {
    /// What they become.
    lifetime: Option<&'a Lifetime>,
    found: bool,
    /// Where there's an `impl Trait`.
    impl_trait: Option<Span>,
}

impl Elided<'_> {
    fn in_type(&mut self, ty: &mut Type) {
        match ty {
            Type::Reference(reference) => {
                if reference.lifetime.as_ref().is_none_or(|lifetime| lifetime.ident == "_") {
                    self.found = true;
                    if let Some(name) = self.lifetime {
                        reference.lifetime = Some(name.clone());
                    }
                }
                self.in_type(&mut reference.elem);
            }
            Type::Array(array) => self.in_type(&mut array.elem),
            Type::Group(group) => self.in_type(&mut group.elem),
            Type::Paren(paren) => self.in_type(&mut paren.elem),
            Type::Ptr(pointer) => self.in_type(&mut pointer.elem),
            Type::Slice(slice) => self.in_type(&mut slice.elem),
            Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|ty| self.in_type(ty)),
            Type::TraitObject(object) => self.in_bounds(&mut object.bounds),
            Type::ImplTrait(ty) => self.impl_trait = Some(ty.span()),
            Type::Path(path) => {
                if let Some(qself) = &mut path.qself {
                    self.in_type(&mut qself.ty);
                }
                self.in_path(&mut path.path);
            }
            // In a `fn(&T)` they are each call's own.
            _ => {}
        }
    }

    fn in_path(&mut self, path: &mut syn::Path) {
        for segment in &mut path.segments {
            // In `Fn(&T)` they are each call's own.
            let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
            for argument in &mut arguments.args {
                match argument {
                    GenericArgument::Lifetime(lifetime) => self.in_lifetime(lifetime),
                    GenericArgument::Type(ty) => self.in_type(ty),
                    GenericArgument::AssocType(assoc) => self.in_type(&mut assoc.ty),
                    _ => {}
                }
            }
        }
    }

    fn in_bounds(&mut self, bounds: &mut Punctuated<TypeParamBound, Token![+]>) {
        for bound in bounds {
            match bound {
                TypeParamBound::Lifetime(lifetime) => self.in_lifetime(lifetime),
                TypeParamBound::Trait(bound) => self.in_path(&mut bound.path),
                _ => {}
            }
        }
    }

    fn in_lifetime(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            self.found = true;
            if let Some(name) = self.lifetime {
                *lifetime = name.clone();
            }
        }
    }
}
