//! Generated code of some cases, compiled with edition 2021 and without warnings.

#![deny(warnings, keyword_idents_2018, keyword_idents_2024)]

/// Mounts a case.
macro_rules! case {
    ($case:ident) => {
        #[doc = concat!("The case `ok/", stringify!($case), "`.")]
        pub mod $case {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($case), "/mod.rs"));
        }
    };
}

case!(ecommerce);
case!(keywords);
case!(list_packages);
case!(type_names);
