//! The structure that is written beside a `fn`, and its implementations.
//!
//! For
//!
//! ```text
//! #[function]
//! pub fn loss<T: Real>(x: &[T; 2], data: &[(f64, f64)], rate: f64) -> T { … }
//! ```
//!
//! it is, without the paths:
//!
//! ```text
//! #[derive(Clone)]
//! pub struct Loss<'a> {
//!     pub data: &'a [(f64, f64)],
//!     pub rate: f64,
//! }
//!
//! impl<'a> Function for Loss<'a> {
//!     type From = [f64];
//!     type To = f64;
//!
//!     fn call<T: Number>(&self, x: &[T]) -> T {
//!         let x: &[T; 2] = derived::array(x);
//!         loss::<T>(x, self.data, <f64 as Clone>::clone(&self.rate))
//!     }
//! }
//!
//! impl<'a> Debug for Loss<'a> { … }
//! ```
//!
//! What can be wrong with a type is written with the span of the type, and a bound that not every number meets with that of
//! the parameter. Local names have the macro's hygiene and paths begin with `::`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, GenericParam, Meta, Path, Type, parse_quote};

use super::Function;
use super::types::Handed;
use crate::tokens::mentions;

impl Function<'_> {
    pub(super) fn structure(&self) -> TokenStream {
        let Self { structure, number, first, output, tangents, .. } = self;
        let conditions = self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        let conditions = quote!(#(#conditions)*);
        let definition = self.definition();
        let debug = self.debug();
        let generics = self.generics_that_clone();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let (from, takes) = (&first.from, &first.takes);
        let (returned, to) = (output.ty, &output.to);
        let (number, call) = (&number.ident, self.call());

        quote_spanned! {Span::mixed_site()=>
            #conditions
            #definition

            #conditions
            #[automatically_derived]
            #[allow(deprecated)] // if the function is
            impl #parameters #tangents::Function for #structure #arguments #bounds {
                type From = #from;
                type To = #to;

                #[allow(clippy::inline_always)]
                #[inline(always)]
                fn call<#number: #tangents::Number>(&self, x: &#takes) -> #returned {
                    #call
                }
            }

            #conditions
            #debug
        }
    }

    fn definition(&self) -> TokenStream {
        let Self { visibility, structure, parameters, data, .. } = self;
        let documentation = self.documentation();
        let deprecated = self.attributes.iter().filter(|attribute| attribute.path().is_ident("deprecated"));
        let (generics, bounds) = (&parameters.generics, &parameters.generics.where_clause);
        let derived = if data.iter().all(|datum| datum.handed == Handed::Reference) {
            quote!(::core::clone::Clone, ::core::marker::Copy)
        } else {
            quote!(::core::clone::Clone)
        };
        let fields = data.iter().map(|datum| {
            let (name, ty) = (datum.name, &datum.ty);
            let documentation = format!("The argument `{}` of `{}`.", name.unraw(), self.name.unraw());
            quote!(#[doc = #documentation] #visibility #name: #ty)
        });
        let body = if data.is_empty() { quote!(#bounds;) } else { quote!(#bounds { #(#fields),* }) };
        // Where something else has its name, the `fn` is shown.
        quote_spanned! {self.name.span().resolved_at(Span::mixed_site())=>
            #(#documentation)*
            #(#deprecated)*
            #[allow(non_snake_case)] // of a field, which has its argument's name
            #[derive(#derived)]
            #visibility struct #structure #generics #body
        }
    }

    /// That of the `fn`; a sentence if it has none.
    fn documentation(&self) -> Vec<Attribute> {
        let of_function =
            self.attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned();
        let mut documentation = of_function.collect::<Vec<_>>();
        if !documentation.iter().any(|attribute| matches!(attribute.meta, Meta::NameValue(_))) {
            let sentence = format!("The function `{}` as a value.", self.name.unraw());
            documentation.push(parse_quote!(#[doc = #sentence]));
        }
        documentation
    }

    /// By hand, since data needn't have it.
    fn debug(&self) -> TokenStream {
        let Self { structure, parameters, data, .. } = self;
        let (parameters, arguments, bounds) = parameters.generics.split_for_impl();
        let name = structure.unraw().to_string();
        let finish = if data.is_empty() { quote!(finish()) } else { quote!(finish_non_exhaustive()) };
        quote_spanned! {Span::mixed_site()=>
            #[automatically_derived]
            #[allow(deprecated)]
            impl #parameters ::core::fmt::Debug for #structure #arguments #bounds {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Formatter::debug_struct(f, #name).#finish
                }
            }
        }
    }

    /// The call of the `fn`.
    fn call(&self) -> TokenStream {
        let Self { name, first, .. } = self;
        let span = first.span.resolved_at(Span::mixed_site());
        let derived = self.derived(span);
        let array =
            first.array.as_ref().map(|array| quote_spanned!(span=> let x: &#array = #derived::array(x);));
        let is_number =
            mentions(&first.takes, &self.number.ident) && first.takes.clone().into_iter().count() == 1;
        let point = match first.handed {
            Handed::Reference => quote_spanned!(span=> x),
            Handed::Value if is_number => quote_spanned!(span=> *x),
            Handed::Value => quote_spanned!(span=> #derived::by_value(x)),
        };
        let data = self.data.iter().map(|datum| {
            let (name, ty) = (datum.name, &datum.ty);
            match datum.handed {
                Handed::Reference => quote_spanned!(Span::mixed_site()=> self.#name),
                Handed::Value => {
                    let span = span_of(ty);
                    quote_spanned!(span=> <#ty as ::core::clone::Clone>::clone(&self.#name))
                }
            }
        });
        // None of them need be known from the arguments.
        let parameters = self.generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Lifetime(_) => None,
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
        });
        quote_spanned! {Span::mixed_site()=>
            #array
            #name::<#(#parameters),*>(#point #(, #data)*)
        }
    }

    /// The path to `derived`, with the span.
    fn derived(&self, span: Span) -> TokenStream {
        let tangents: &Path = &self.tangents;
        let path = quote!(#tangents::derived).into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        path.collect()
    }

    /// The generics of the implementation, which clones data.
    fn generics_that_clone(&self) -> syn::Generics {
        let mut generics = self.parameters.generics.clone();
        for datum in self.data.iter().filter(|datum| datum.handed == Handed::Value) {
            let ty = &datum.ty;
            if self.parameters.generics.type_params().any(|parameter| mentions(ty, &parameter.ident)) {
                generics.make_where_clause().predicates.push(parse_quote!(#ty: ::core::clone::Clone));
            }
        }
        generics
    }
}

/// Where a type stands, with the hygiene of what is written.
fn span_of(ty: &Type) -> Span {
    ty.to_token_stream().span().resolved_at(Span::mixed_site())
}
