//! The head of a `fn`, read without the feature `full` of `syn`, which takes longer to compile than the rest of it.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Generics, Ident, LitStr, Result, ReturnType, Token, Type, Visibility, parenthesized,
    token,
};

/// A `fn` without its body.
pub(super) struct Signature {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) name: Ident,
    pub(super) generics: Generics,
    pub(super) arguments: Vec<Argument>,
    pub(super) output: ReturnType,
    /// What is refused about it, if anything.
    refused: Option<Error>,
}

/// An argument.
pub(super) struct Argument {
    pub(super) pattern: TokenStream,
    /// The name, if the pattern is one.
    pub(super) name: Option<Ident>,
    pub(super) ty: Type,
}

impl Signature {
    /// Refuses what can't be a value.
    pub(super) fn check(&self) -> Result<()> {
        self.refused.clone().map_or(Ok(()), Err)
    }
}

impl Parse for Signature {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let mut refused = qualifiers(input)?;
        if !input.peek(Token![fn]) {
            return Err(input.error("`#[function]` stands before a generic `fn`"));
        }
        input.parse::<Token![fn]>()?;
        let name = input.parse()?;
        let mut generics = input.parse::<Generics>()?;
        let inside;
        let parentheses = parenthesized!(inside in input);
        if is_method(&inside) {
            let message = "`#[function]` stands before a `fn` outside of an `impl`, and this is a method: a structure with data is \
                           differentiated by what is its first argument, `fn f<T: Real>(x: &[T], data: &Data)`, or implements \
                           `Function` itself";
            return Err(Error::new(parentheses.span.join(), message));
        }
        let arguments = Punctuated::<Argument, Token![,]>::parse_terminated(&inside)?;
        let output = input.parse()?;
        generics.where_clause = input.parse()?;
        if !input.peek(token::Brace) && refused.is_none() {
            refused = Some(input.error("a function that is a value has a body"));
        }
        input.parse::<TokenStream>()?;
        Ok(Self {
            attributes,
            visibility,
            name,
            generics,
            arguments: arguments.into_iter().collect(),
            output,
            refused,
        })
    }
}

/// The words before `fn`, of which `const` alone is allowed; the others are what is refused.
fn qualifiers(input: ParseStream) -> Result<Option<Error>> {
    let mut refused = None;
    let mut refuse = |word: TokenTree, why: &str| {
        refused.get_or_insert(Error::new(word.span(), why));
    };
    loop {
        if input.peek(Token![const]) {
            input.parse::<Token![const]>()?;
        } else if input.peek(Token![async]) {
            refuse(
                input.parse()?,
                "a function that is differentiated returns its numbers at once, not a future",
            );
        } else if input.peek(Token![unsafe]) {
            refuse(
                input.parse()?,
                "everyone may call a function value, so the function must be safe: write a safe `fn` around it",
            );
        } else if input.peek(Token![extern]) {
            refuse(input.parse()?, "a generic function can't be one of another language");
            input.parse::<Option<LitStr>>()?;
        } else {
            return Ok(refused);
        }
    }
}

/// Whether the first argument is `self`, `&self`, `&mut self` or `self: …`.
fn is_method(arguments: ParseStream) -> bool {
    let arguments = arguments.fork();
    while !arguments.is_empty() && !arguments.peek(Token![,]) && !arguments.peek(Token![:]) {
        match arguments.parse() {
            Ok(TokenTree::Ident(ident)) if ident == "self" => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

impl Parse for Argument {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        if let Some(attribute) = attributes.iter().find(|attribute| attribute.path().is_ident("cfg")) {
            let message = "the structure beside the function can't know whether there is this argument: put `#[cfg]` on the \
                           function";
            return Err(Error::new_spanned(attribute, message));
        }
        let mut pattern = Vec::<TokenTree>::new();
        while input.peek(Token![::]) || !input.peek(Token![:]) {
            pattern.push(input.parse()?);
            // Half of `::` alone would look as the colon before the type.
            if input.peek(Token![::]) {
                pattern.extend([input.parse()?, input.parse()?] as [TokenTree; 2]);
            }
        }
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        let name = match &pattern[..] {
            [TokenTree::Ident(name)] => Some(name),
            [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "mut" => Some(name),
            _ => None,
        };
        let name = name.filter(|name| *name != "_").cloned();
        Ok(Self { pattern: pattern.into_iter().collect(), name, ty })
    }
}
