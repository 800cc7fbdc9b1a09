//! No files form a circle: what two files both need stands in a third.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

/// A module by its path from the root of the crate: `["kanta", "soap"]`.
type Module = Vec<String>;

/// What one file says: the names that its `use` lines bring, and every path that it names.
struct SourceFile {
    module: Module,
    /// Name in this module, and the path that it stands for: own `use` lines, public or not.
    brought: BTreeMap<String, Vec<String>>,
    /// Modules all of whose names are brought.
    globs: Vec<Vec<String>>,
    /// Paths that the code names, each from the root of the crate.
    named: BTreeSet<Vec<String>>,
    /// Types, functions and constants that the file itself defines.
    defined: BTreeSet<String>,
}

struct Paths<'a> {
    file: &'a mut SourceFile,
    children: &'a BTreeSet<String>,
}

impl SourceFile {
    fn read(module: Module, text: &str, children: &BTreeSet<String>) -> Self {
        let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{module:?}: {error}"));
        let none = (BTreeMap::new(), Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut file = Self { module, brought: none.0, globs: none.1, named: none.2, defined: none.3 };
        Paths { file: &mut file, children }.visit_file(&tree);
        file
    }

    /// `path` as code of this module writes it, from the root of the crate; `None` where it leads out of the crate.
    fn absolute(&self, path: &[String], children: &BTreeSet<String>) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let from = |module: &[String], rest: &[String]| Some([module, rest].concat());
        match first.as_str() {
            "crate" => from(&[], rest),
            "self" => from(&self.module, rest),
            "super" => {
                let parents = 1 + rest.iter().take_while(|part| *part == "super").count();
                from(&self.module[..self.module.len().checked_sub(parents)?], &rest[parents - 1..])
            }
            name if children.contains(name) => from(&self.module, path),
            _ => None,
        }
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &[String], children: &BTreeSet<String>) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_use(&path.tree, &with(&path.ident), children),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use(item, before, children)),
            syn::UseTree::Glob(_) => self.globs.extend(self.absolute(before, children)),
            syn::UseTree::Name(name) if name.ident == "self" => {
                let last = before.last().cloned().unwrap_or_default();
                self.bring(last, before, children);
            }
            syn::UseTree::Name(name) => self.bring(name.ident.to_string(), &with(&name.ident), children),
            syn::UseTree::Rename(rename) => self.bring(rename.rename.to_string(), &with(&rename.ident), children),
        }
    }

    fn bring(&mut self, name: String, path: &[String], children: &BTreeSet<String>) {
        if let Some(path) = self.absolute(path, children) {
            self.named.insert(path.clone());
            self.brought.insert(name, path);
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Mod(inner) if is_test(&inner.attrs) || inner.content.is_none() => return,
            syn::Item::Use(one) if is_test(&one.attrs) => return,
            syn::Item::Use(one) => return self.file.add_use(&one.tree, &[], self.children),
            syn::Item::Struct(one) => Some(&one.ident),
            syn::Item::Enum(one) => Some(&one.ident),
            syn::Item::Trait(one) => Some(&one.ident),
            syn::Item::Type(one) => Some(&one.ident),
            syn::Item::Const(one) => Some(&one.ident),
            syn::Item::Static(one) => Some(&one.ident),
            syn::Item::Fn(one) => Some(&one.sig.ident),
            _ => None,
        };
        self.file.defined.extend(name.map(ToString::to_string));
        syn::visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let brought = segments.first().and_then(|first| self.file.brought.get(first)).cloned();
        let brought = brought.map(|module| [module, segments[1..].to_vec()].concat());
        let named = brought.or_else(|| self.file.absolute(&segments, self.children));
        self.file.named.extend(named.filter(|_| segments.len() > 1));
        syn::visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|what| what == "test")
    })
}

/// Every file of the crate by its module.
struct Crate(BTreeMap<Module, SourceFile>);

impl Crate {
    fn read() -> Self {
        let texts: Vec<(Module, String)> = super::sources_with_tests().into_iter().map(module_of).collect();
        let children = |module: &Module| -> BTreeSet<String> {
            let inside = texts.iter().filter(|(other, _)| other.len() == module.len() + 1 && other.starts_with(module));
            inside.filter_map(|(other, _)| other.last().cloned()).collect()
        };
        let files = texts
            .iter()
            .map(|(module, text)| (module.clone(), SourceFile::read(module.clone(), text, &children(module))));
        Self(files.collect())
    }

    /// The module whose file defines what `path` names; re-exports are followed.
    fn home(&self, path: &[String], depth: usize) -> Option<&Module> {
        let held = (0..=path.len()).rev().find_map(|end| self.0.get_key_value(&path[..end]));
        let (module, file) = held?;
        let Some(item) = path.get(module.len()).filter(|_| depth > 0) else { return Some(module) };
        if file.defined.contains(item) {
            return Some(module);
        }
        if let Some(other) = file.brought.get(item) {
            return self.home(other, depth - 1);
        }
        let through = |glob: &Vec<String>| {
            let held =
                self.0.get(glob).is_some_and(|file| file.defined.contains(item) || file.brought.contains_key(item));
            held.then(|| self.home(&[glob.as_slice(), std::slice::from_ref(item)].concat(), depth - 1)).flatten()
        };
        file.globs.iter().find_map(through).or(Some(module))
    }

    /// Which files each file needs.
    fn needs(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let of = |file: &SourceFile| -> BTreeSet<&Module> {
            let named = file.named.iter().chain(&file.globs).filter_map(|path| self.home(path, 8));
            named.filter(|other| **other != file.module && !self.is_list(other)).collect()
        };
        self.0.iter().filter(|(module, _)| !self.is_list(module)).map(|(module, file)| (module, of(file))).collect()
    }

    /// Whether a file only lists modules and what they give, as `mod.rs` and `lib.rs` do.
    fn is_list(&self, module: &Module) -> bool {
        let has_inside = self.0.keys().any(|other| other.len() > module.len() && other.starts_with(module));
        has_inside && self.0[module].defined.is_empty()
    }
}

fn module_of((path, text): (String, String)) -> (Module, String) {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let parts = path.split('/').filter(|part| *part != "lib").map(str::to_owned);
    (parts.collect(), text)
}

/// Files that need one another, directly or through others.
fn circles<'m>(needs: &BTreeMap<&'m Module, BTreeSet<&'m Module>>) -> Vec<Vec<String>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = needs.keys().map(|from| (*from, reach(from, needs))).collect();
    let mut found = BTreeSet::new();
    for (from, to) in &reached {
        let circle = to.iter().filter(|other| reached.get(**other).is_some_and(|back| back.contains(from)));
        let circle: BTreeSet<String> = circle.map(|module| module.join("/")).collect();
        if to.contains(from) {
            found.insert(circle.into_iter().collect::<Vec<_>>());
        }
    }
    found.into_iter().collect()
}

fn reach<'m>(from: &'m Module, needs: &BTreeMap<&'m Module, BTreeSet<&'m Module>>) -> BTreeSet<&'m Module> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Module> = needs[from].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(needs.get(next).into_iter().flatten());
        }
    }
    reached
}

#[test]
fn no_files_form_a_circle() {
    let all = Crate::read();
    let needs = all.needs();
    let arrows: usize = needs.values().map(BTreeSet::len).sum();
    assert!(arrows > needs.len(), "{arrows} arrows between {} files: too few to be true", needs.len());
    let circles = circles(&needs);
    let told: Vec<String> = circles.iter().map(|files| format!("{} files: {}", files.len(), files.join(" "))).collect();
    assert!(circles.is_empty(), "{} circles\n{}", circles.len(), told.join("\n"));
}

#[test]
fn a_circle_is_found_through_a_re_export() {
    let file = |module: &str, text: &str, children: &[&str]| {
        let module: Module = module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let children = children.iter().map(|name| (*name).to_owned()).collect();
        (module.clone(), SourceFile::read(module, text, &children))
    };
    let all = Crate(BTreeMap::from([
        file("", "mod a;", &["a"]),
        file("a", "mod b; mod c; pub use b::B; use c::C;", &["b", "c"]),
        file("a/b", "use super::C; pub struct B(C);", &[]),
        file("a/c", "pub struct C; fn f() { let _: Option<crate::a::B> = None; }", &[]),
    ]));
    assert_eq!(circles(&all.needs()), [["a/b", "a/c"]]);
}
