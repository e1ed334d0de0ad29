//! What a structure says: which parameter is its number, and what each field is.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::meta::ParseNestedMeta;
use syn::{
    Attribute, Data, DataStruct, DeriveInput, Error, Fields, Generics, Ident, LitInt, LitStr, Member, Path,
    Result, Type, TypeParam, parse_quote,
};

use crate::tokens::mentions;

/// A structure that is generic over its numbers.
pub(crate) struct Structure<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// Which of the type parameters is the number.
    pub(crate) number: &'a Ident,
    /// A type parameter whose name the structure doesn't use.
    pub(crate) other: Ident,
    pub(crate) fields: Vec<Field<'a>>,
    /// The path to `tangents`.
    pub(crate) tangents: Path,
    /// The number of lanes, if it's chosen.
    pub(crate) lanes: Option<usize>,
}

/// A field.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) role: Role,
}

/// What becomes of a field.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// Its numbers are coordinates.
    Coordinates,
    /// Its numbers are lifted, and not differentiated.
    FixedNumbers,
    /// It has no numbers and is cloned.
    Cloned,
}

impl<'a> Structure<'a> {
    pub(crate) fn read(input: &'a DeriveInput) -> Result<Self> {
        let fields = fields_of(&input.data)?;
        let Options { number, tangents, lanes } = Options::read(&input.attrs)?;
        let number = number_of(input, number)?;
        check_bounds(&input.generics, number)?;
        let fields =
            fields.iter().zip(fields.members()).map(|(field, member)| Field::read(field, member, number));
        Ok(Self {
            name: &input.ident,
            generics: &input.generics,
            number: &number.ident,
            other: unused_name(&input.to_token_stream()),
            fields: all(fields)?,
            tangents,
            lanes,
        })
    }

    /// The number of coordinates as an expression, if the types of the fields say it.
    pub(crate) fn count(&self) -> Option<TokenStream> {
        let differentiated = self.fields.iter().filter(|field| field.role == Role::Coordinates);
        let counts = differentiated.map(|field| self.count_in(field.ty)).collect::<Option<Vec<_>>>()?;
        Some(quote!(0 #(+ #counts)*))
    }

    /// The number of coordinates of a `T`, an array or a tuple.
    fn count_in(&self, ty: &Type) -> Option<TokenStream> {
        match ty {
            Type::Path(path) if path.path.is_ident(self.number) => Some(quote!(1)),
            Type::Array(array) => {
                let mut parameters = self.generics.const_params();
                // What depends on a const parameter can't be computed in a type on stable Rust.
                if parameters.any(|parameter| mentions(&array.len, &parameter.ident)) {
                    return None;
                }
                let (count, length) = (self.count_in(&array.elem)?, &array.len);
                Some(quote!((#count) * (#length)))
            }
            Type::Tuple(tuple) => {
                let counts = tuple.elems.iter().map(|ty| self.count_in(ty)).collect::<Option<Vec<_>>>()?;
                Some(quote!((0 #(+ #counts)*)))
            }
            // Invisible parentheses are around what a `macro_rules!` has taken in.
            Type::Group(group) => self.count_in(&group.elem),
            Type::Paren(paren) => self.count_in(&paren.elem),
            _ => None,
        }
    }
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, member: Member, number: &TypeParam) -> Result<Self> {
        let mut fixed = false;
        each_point_attribute(&field.attrs, "a field takes `fixed` alone", |meta| {
            let known = meta.path.is_ident("fixed");
            fixed |= known;
            Ok(known)
        })?;
        let role = match (fixed, mentions(&field.ty, &number.ident)) {
            (false, true) => Role::Coordinates,
            (true, true) => Role::FixedNumbers,
            (true, false) => Role::Cloned,
            (false, false) => {
                let t = &number.ident;
                let message = format!(
                    "this field has no numbers `{t}` to differentiate at: write `{t}` for its numbers, or mark it \
                     `#[point(fixed)]` and it is cloned"
                );
                return Err(Error::new_spanned(&field.ty, message));
            }
        };
        Ok(Self { member, ty: &field.ty, role })
    }
}

/// What `#[point(…)]` on the structure says.
struct Options {
    number: Option<Ident>,
    tangents: Path,
    lanes: Option<usize>,
}

impl Options {
    fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut options = Self { number: None, tangents: parse_quote!(::tangents), lanes: None };
        let known =
            "a structure takes `number = T`, `lanes = 12` and `crate = \"…\"`; `fixed` stands on a field";
        each_point_attribute(attributes, known, |meta| {
            if meta.path.is_ident("number") {
                options.number = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("crate") {
                options.tangents = meta.value()?.parse::<LitStr>()?.parse()?;
            } else if meta.path.is_ident("lanes") {
                let lanes = meta.value()?.parse::<LitInt>()?;
                options.lanes = Some(lanes.base10_parse()?);
                if options.lanes == Some(0) {
                    return Err(Error::new(lanes.span(), "derivatives need one lane at least"));
                }
            } else {
                return Ok(false);
            }
            Ok(true)
        })?;
        Ok(options)
    }
}

/// Hands out each item in the parentheses of `#[point(…)]`; `take` says whether it's known.
fn each_point_attribute(
    attributes: &[Attribute],
    known: &str,
    mut take: impl FnMut(&ParseNestedMeta) -> Result<bool>,
) -> Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("point")) {
        attribute.parse_nested_meta(|meta| if take(&meta)? { Ok(()) } else { Err(meta.error(known)) })?;
    }
    Ok(())
}

fn fields_of(data: &Data) -> Result<&Fields> {
    let (keyword, kind) = match data {
        Data::Struct(DataStruct { fields, .. }) => return Ok(fields),
        Data::Enum(data) => (data.enum_token.span, "an enum"),
        Data::Union(data) => (data.union_token.span, "a union"),
    };
    let message = format!(
        "`#[derive(Point)]` is for structures, and this is {kind}: make it a structure, with an `Option` for each part that \
         may be missing, or implement `Point` by hand"
    );
    Err(Error::new(keyword, message))
}

/// The type parameter that is the number.
fn number_of(input: &DeriveInput, named: Option<Ident>) -> Result<&TypeParam> {
    let mut parameters = input.generics.type_params();
    if let Some(named) = named {
        let number = parameters.find(|parameter| parameter.ident == named);
        return number.ok_or_else(|| {
            Error::new(named.span(), format!("`{named}` isn't a type parameter of `{}`", input.ident))
        });
    }
    match (parameters.next(), parameters.next()) {
        (Some(number), None) => Ok(number),
        (None, _) => {
            let name = &input.ident;
            let message = format!(
                "a point is generic over its numbers: write `struct {name}<T>`, and `T` in place of `f64` in its fields"
            );
            Err(Error::new(name.span(), message))
        }
        (Some(_), Some(_)) => {
            let ways = input
                .generics
                .type_params()
                .map(|parameter| format!("`#[point(number = {})]`", parameter.ident));
            let ways = ways.collect::<Vec<_>>().join(" or ");
            let message = format!("which type parameter is the number? Say it on the structure: {ways}");
            Err(Error::new_spanned(&input.generics.params, message))
        }
    }
}

/// Refuses bounds on the number: the structure holds numbers of any type.
fn check_bounds(generics: &Generics, number: &TypeParam) -> Result<()> {
    let t = &number.ident;
    let error = |bounds: &dyn ToTokens| {
        let message = format!(
            "the structure's definition must not bound its number `{t}`, which is another type in the function's argument: move \
             the bound to the functions that need it"
        );
        Err(Error::new_spanned(bounds.to_token_stream(), message))
    };
    if !number.bounds.is_empty() {
        return error(&number.bounds);
    }
    if let Some(other) = generics.type_params().find(|parameter| mentions(&parameter.bounds, t)) {
        return error(&other.bounds);
    }
    let mut predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    predicates.find(|predicate| mentions(predicate, t)).map_or(Ok(()), |predicate| error(predicate))
}

/// A name for a type parameter that the input doesn't use.
fn unused_name(input: &TokenStream) -> Ident {
    let mut name = String::from("D");
    loop {
        let ident = Ident::new(&name, Span::mixed_site());
        if !mentions(input, &ident) {
            return ident;
        }
        name.push('_');
    }
}

/// All values, or all errors in one.
pub(crate) fn all<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let (mut values, mut errors) = (Vec::new(), None::<Error>);
    for result in results {
        match (result, &mut errors) {
            (Ok(value), _) => values.push(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(values), Err)
}
