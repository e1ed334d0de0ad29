//! `#[function]`: what stands beside a generic `fn`, so that it is a value.

mod signature;
mod types;
mod write;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, Parser};
use syn::{
    Attribute, Error, Generics, Ident, LitStr, Path, Result, TypeParam, Visibility, parse_quote, parse2,
};

use self::signature::Signature;
use self::types::{Datum, First, Output, Parameters};
use crate::read::all;
use crate::tokens::mentions;

/// The `fn`, and what is written beside it.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let mut inlined = true;
    let written = Signature::parse.parse2(item.clone()).and_then(|signature| {
        inlined = signature.attributes.iter().any(|attribute| attribute.path().is_ident("inline"));
        let options = Options::read(arguments)?;
        Ok(Function::read(&signature, options)?.structure())
    });
    let written = written.unwrap_or_else(Error::into_compile_error);
    // With an error too, so that the calls of the `fn` aren't errors as well. Its caller is `call`, and that has several: drivers that
    // are each compiled for an instruction set, which a function takes only where it is inlined.
    let inline = (!inlined).then(|| quote!(#[allow(clippy::inline_always)] #[inline(always)]));
    quote!(#inline #item #written)
}

/// A generic `fn` as a structure.
struct Function<'a> {
    attributes: &'a [Attribute],
    visibility: &'a Visibility,
    /// The name of the `fn`.
    name: &'a Ident,
    structure: Ident,
    generics: &'a Generics,
    number: &'a TypeParam,
    /// The parameters of the structure.
    parameters: Parameters,
    first: First,
    data: Vec<Datum<'a>>,
    output: Output<'a>,
    /// The path to `tangents`.
    tangents: Path,
}

impl<'a> Function<'a> {
    fn read(signature: &'a Signature, options: Options) -> Result<Self> {
        let Signature { attributes, visibility, name, generics, arguments, output, .. } = signature;
        signature.check()?;
        let number = number_of(signature, options.number)?;
        let Some((first, others)) = arguments.split_first() else {
            let message = format!(
                "a function without arguments has no derivatives: its first argument is what it's differentiated by, `x: &[{}]`",
                number.ident
            );
            return Err(Error::new(name.span(), message));
        };
        let first = First::read(&first.ty, &number.ident)?;
        let output = Output::read(output, name, &number.ident)?;
        let elided = types::unused_lifetime(generics);
        let data = all(others.iter().map(|argument| Datum::read(argument, &number.ident, &elided)))?;
        let parameters = Parameters::read(generics, &number.ident, &data, &elided)?;
        parameters.check([&first.takes, &output.ty.to_token_stream()])?;
        let types = data.iter().map(|datum| datum.ty.to_token_stream());
        let types = types.chain([first.from.clone(), output.to.clone()]).collect();
        let structure = structure_name(name, options.name, &types)?;
        Ok(Self {
            attributes,
            visibility,
            name,
            structure,
            generics,
            number,
            parameters,
            first,
            data,
            output,
            tangents: options.tangents,
        })
    }
}

/// What the parentheses of `#[function(…)]` say.
struct Options {
    name: Option<Ident>,
    number: Option<Ident>,
    tangents: Path,
}

impl Options {
    fn read(arguments: TokenStream) -> Result<Self> {
        let mut options = Self { name: None, number: None, tangents: parse_quote!(::tangents) };
        let parser = syn::meta::parser(|meta| {
            if meta.path.is_ident("name") {
                options.name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("number") {
                options.number = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("crate") {
                options.tangents = meta.value()?.parse::<LitStr>()?.parse()?;
            } else {
                return Err(meta.error("`#[function]` takes `name = Name`, `number = T` and `crate = \"…\"`"));
            }
            Ok(())
        });
        parser.parse2(arguments)?;
        Ok(options)
    }
}

/// The type parameter that is the number.
fn number_of(signature: &Signature, named: Option<Ident>) -> Result<&TypeParam> {
    let Signature { name, generics, .. } = signature;
    let mut parameters = generics.type_params();
    if let Some(named) = named {
        let number = parameters.find(|parameter| parameter.ident == named);
        return number.ok_or_else(|| {
            Error::new(named.span(), format!("`{named}` isn't a type parameter of `{name}`"))
        });
    }
    match (parameters.next(), parameters.next()) {
        (Some(number), None) => Ok(number),
        (None, _) => {
            let message = format!(
                "a function that is differentiated runs on many numbers, so it's generic over them: write `fn {name}<T: Real>`, \
                 with `T` in place of `f64` or `impl Float`"
            );
            Err(Error::new(name.span(), message))
        }
        (Some(_), Some(_)) => {
            let ways = generics
                .type_params()
                .map(|parameter| format!("`#[function(number = {})]`", parameter.ident));
            let ways = ways.collect::<Vec<_>>().join(" or ");
            let message = format!("which type parameter is the number? Say it: {ways}");
            Err(Error::new_spanned(&generics.params, message))
        }
    }
}

/// The name that is chosen, else that of the `fn` as a type's.
fn structure_name(name: &Ident, chosen: Option<Ident>, types: &TokenStream) -> Result<Ident> {
    let structure = match chosen {
        Some(chosen) => chosen,
        None => parse2(camel_case(&name.unraw().to_string(), name.span()))?,
    };
    let other = if structure == *name {
        "the function"
    } else if mentions(types, &structure) {
        "one of its types"
    } else {
        return Ok(structure);
    };
    let message = format!(
        "the structure beside the function would be called `{structure}`, as {other} is: `#[function(name = {structure}Function)]` \
         calls it otherwise"
    );
    Err(Error::new(structure.span(), message))
}

/// `squared_error_2` as `SquaredError2`.
fn camel_case(name: &str, span: Span) -> TokenStream {
    let words = name.trim_start_matches('_');
    let mut camel = String::from(&name[..name.len() - words.len()]);
    for word in words.split('_').filter(|word| !word.is_empty()) {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if is_digit(camel.chars().last()) && is_digit(word.chars().next()) {
            camel.push('_');
        }
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
    }
    Ident::new(&camel, span).into_token_stream()
}
