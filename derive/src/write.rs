//! The implementation that is written for a structure.
//!
//! For
//!
//! ```text
//! #[derive(Point)]
//! struct Spring<T> {
//!     ends: [T; 2],
//!     #[point(fixed)]
//!     mass: T,
//!     #[point(fixed)]
//!     name: String,
//! }
//! ```
//!
//! it is, with `⟨[T; 2]⟩` for `<[T; 2] as ::tangents::Point>` and without the paths:
//!
//! ```text
//! impl<T: Number> Point for Spring<T> {
//!     type Scalar = T;
//!     type Lanes = <Count<{ 0 + (1) * (2) }, …> as Known>::Lanes;
//!     type Family = Spring<f64>;
//!
//!     fn dim(&self) -> usize {
//!         0 + ⟨[T; 2]⟩::dim(&self.ends)
//!     }
//!     fn lift<D>(&self, coordinate: …, fixed: …) -> Spring<D> {
//!         Spring {
//!             ends: ⟨[T; 2]⟩::lift(&self.ends, coordinate, fixed),
//!             mass: ⟨T⟩::lift_fixed(&self.mass, fixed),
//!             name: Clone::clone(&self.name),
//!         }
//!     }
//!     fn coordinate<D>(of: &mut Spring<D>, i: usize) -> Result<&mut D, usize> {
//!         let i = match ⟨[T; 2]⟩::coordinate::<D>(&mut of.ends, i) {
//!             Err(beyond) => beyond,
//!             found => return found,
//!         };
//!         Err(i)
//!     }
//!     …
//! }
//!
//! impl Family for Spring<f64> {
//!     type Of<D> = Spring<D>;
//!     type View = Self;
//!     …
//! }
//! ```
//!
//! The methods name the types of the fields instead of a `where` clause on them, which the compiler would believe and not
//! look through: `Of<[T; 2], D>` must be known to be `[D; 2]`, and a structure in its own fields would go in circles. Their
//! spans are those of the types, so that what isn't a point is shown in the structure.
//!
//! Local names have the macro's hygiene, paths begin with `::`, and the parameter `D` is renamed where the structure has one.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{GenericParam, Generics, Member, parse_quote};

use crate::read::{Field, Role, Structure};
use crate::tokens::mentions;

impl Structure<'_> {
    /// `impl Point for …` and `impl Family for …`
    pub(crate) fn implementations(&self) -> TokenStream {
        let (point, family) = (self.implementation_of_point(), self.implementation_of_family());
        quote!(#point #family)
    }

    /// `impl Point for …`
    fn implementation_of_point(&self) -> TokenStream {
        let Self { name, number, other, tangents, .. } = self;
        let generics = self.bounded_generics();
        let (parameters, _, bounds) = generics.split_for_impl();
        let (own, of) = (self.with_number(number), self.with_number(other));
        let family = self.with_number(&quote!(::core::primitive::f64));
        let lanes = self.lanes();
        let members = self.fields.iter().map(|field| &field.member);
        let lifted = self.fields.iter().map(|field| self.lift(field));
        let dims = self.each(|span, point, field| quote_spanned!(span=> #point::dim(&self.#field)));
        let found = self.each(|span, point, field| {
            quote_spanned! {span=>
                let i = match #point::coordinate::<#other>(&mut of.#field, i) {
                    ::core::result::Result::Err(beyond) => beyond,
                    found => return found,
                };
            }
        });
        let pairs = self.each(
            |span, point, field| quote_spanned!(span=> #point::pair(&self.#field, &mut of.#field, f)?;),
        );
        let names = self.each(|span, point, field| {
            let step = match field {
                Member::Named(name) => format!(".{}", name.unraw()),
                Member::Unnamed(index) => format!(".{}", index.index),
            };
            quote_spanned! {span=>
                let dim = #point::dim(&self.#field);
                if i < dim {
                    ::core::fmt::Write::write_str(path, #step)?;
                    return #point::write_name(&self.#field, i, path);
                }
                let i = i - dim;
            }
        });
        let usize = quote!(::core::primitive::usize);

        quote_spanned! {Span::mixed_site()=>
            #[automatically_derived]
            #[allow(unused_variables)] // if no field is differentiated
            impl #parameters #tangents::Point for #own #bounds {
                type Scalar = #number;
                type Lanes = #lanes;
                type Family = #family;

                #[inline]
                fn dim(&self) -> #usize {
                    0 #(+ #dims)*
                }

                #[inline]
                fn lift<#other>(
                    &self,
                    coordinate: &mut impl ::core::ops::FnMut(&#number) -> #other,
                    fixed: &mut impl ::core::ops::FnMut(&#number) -> #other,
                ) -> #of {
                    #name { #(#members: #lifted),* }
                }

                #[inline]
                fn coordinate<#other>(
                    of: &mut #tangents::point::Of<Self, #other>,
                    i: #usize,
                ) -> ::core::result::Result<&mut #other, #usize> {
                    #(#found)*
                    ::core::result::Result::Err(i)
                }

                #[inline]
                fn argument<#other>(of: &#tangents::point::Of<Self, #other>) -> &#tangents::point::Of<Self, #other> {
                    of
                }

                #[inline]
                fn pair<#other>(
                    &self,
                    of: &mut #of,
                    f: &mut impl ::core::ops::FnMut(&#number, &mut #other),
                ) -> ::core::result::Result<(), #tangents::Error> {
                    #(#pairs)*
                    ::core::result::Result::Ok(())
                }

                fn write_name(&self, i: #usize, path: &mut dyn ::core::fmt::Write) -> ::core::fmt::Result {
                    #(#names)*
                    ::core::result::Result::Ok(())
                }
            }
        }
    }

    /// `impl Family for …`
    fn implementation_of_family(&self) -> TokenStream {
        let Self { number, other, tangents, .. } = self;
        let (own, of) = (self.with_number(number), self.with_number(other));
        let family = self.with_number(&quote!(::core::primitive::f64));
        let generics = self.generics_of_family();
        let (parameters, _, bounds) = generics.split_for_impl();

        quote_spanned! {Span::mixed_site()=>
            #[automatically_derived]
            impl #parameters #tangents::point::Family for #family #bounds {
                type Of<#other> = #of;
                type View = Self;

                #[inline]
                fn map<#number: #tangents::Number, #other>(
                    of: &#own,
                    coordinate: &mut impl ::core::ops::FnMut(&#number) -> #other,
                    fixed: &mut impl ::core::ops::FnMut(&#number) -> #other,
                ) -> #of {
                    #tangents::Point::lift(of, coordinate, fixed)
                }

                #[inline]
                fn pair<#number: #tangents::Number, #other>(
                    of: &#own,
                    with: &mut #of,
                    f: &mut impl ::core::ops::FnMut(&#number, &mut #other),
                ) -> ::core::result::Result<(), #tangents::Error> {
                    #tangents::Point::pair(of, with, f)
                }
            }
        }
    }

    /// What `write` makes of each field that is differentiated, from a span, `<Type as Point>` and the field's name.
    fn each(&self, write: impl Fn(Span, TokenStream, &Member) -> TokenStream) -> Vec<TokenStream> {
        let coordinates = self.fields.iter().filter(|field| field.role == Role::Coordinates);
        coordinates.map(|field| write(span_of(field), self.point(field), &field.member)).collect()
    }

    /// `<Type as Point>`, with the span of the type.
    fn point(&self, field: &Field) -> TokenStream {
        let (ty, span) = (field.ty, span_of(field));
        let path = self.tangents.to_token_stream().into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        quote_spanned!(span=> <#ty as #(#path)*::Point>)
    }

    /// The field with other numbers.
    fn lift(&self, field: &Field) -> TokenStream {
        let Field { member, ty, role } = field;
        let (span, point) = (span_of(field), self.point(field));
        match role {
            Role::Coordinates => quote_spanned!(span=> #point::lift(&self.#member, coordinate, fixed)),
            Role::FixedNumbers => quote_spanned!(span=> #point::lift_fixed(&self.#member, fixed)),
            Role::Cloned => quote_spanned!(span=> <#ty as ::core::clone::Clone>::clone(&self.#member)),
        }
    }

    /// The lanes that the structure chooses, else those for the number of coordinates, else chunks.
    fn lanes(&self) -> TokenStream {
        let tangents = &self.tangents;
        match (&self.lanes, self.count()) {
            // `HyperDual` of one lane has no mixed derivatives; nested numbers have.
            (Some(1), _) => quote!(#tangents::point::Chunks<1>),
            (Some(lanes), _) => quote!(#tangents::point::Exactly<#lanes>),
            (None, Some(count)) => quote! {
                <#tangents::derived::Count<{ #count }, { #tangents::derived::is_few(#count) }>
                    as #tangents::derived::Known>::Lanes
            },
            (None, None) => quote!(#tangents::point::Chunks<8>),
        }
    }

    /// The structure over the number `number`.
    fn with_number(&self, number: &impl ToTokens) -> TokenStream {
        let arguments = self.generics.params.iter().map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
            GenericParam::Type(parameter) if parameter.ident == *self.number => quote!(#number),
            GenericParam::Type(parameter) => parameter.ident.to_token_stream(),
            GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
        });
        let name = self.name;
        quote!(#name<#(#arguments),*>)
    }

    /// The generics of the structure's family, which has no parameter for the number.
    fn generics_of_family(&self) -> Generics {
        let mut generics = self.bounded_generics();
        let others = generics.params.into_iter().filter(|parameter| match parameter {
            GenericParam::Type(parameter) => parameter.ident != *self.number,
            _ => true,
        });
        generics.params = others.collect();
        generics
    }

    /// The generics of the implementation: the structure's, with bounds on what they must be able to do.
    fn bounded_generics(&self) -> Generics {
        let mut generics = self.generics.clone();
        let tangents = &self.tangents;
        for parameter in generics.type_params_mut().filter(|parameter| parameter.ident == *self.number) {
            parameter.bounds.push(parse_quote!(#tangents::Number));
        }
        let others = || self.generics.type_params().map(|parameter| &parameter.ident);
        for Field { ty, role, .. } in &self.fields {
            if *role == Role::Cloned && others().any(|other| mentions(ty, other)) {
                generics.make_where_clause().predicates.push(parse_quote!(#ty: ::core::clone::Clone));
            }
        }
        generics
    }
}

/// Where the type of a field stands, with the hygiene of what is written.
fn span_of(field: &Field) -> Span {
    field.ty.span().resolved_at(Span::mixed_site())
}
