//! Invented names. None is a customer of Kanta services.

pub(super) const PLACES: [&str; 20] = [
    "Ylikoski",
    "Järvenranta",
    "Kuusikkola",
    "Hietasaari",
    "Lumivaara",
    "Koivuharju",
    "Sammalisto",
    "Tuulisalmi",
    "Kallioniemi",
    "Rantakylä",
    "Storåker",
    "Norrbacka",
    "Ekholmen",
    "Sundvik",
    "Björkbäck",
    "Havsnäs",
    "Honkamäki",
    "Pihlajisto",
    "Vesijako",
    "Suvanto",
];
pub(super) const FIRST: [&str; 16] = [
    "Aino", "Eero", "Helmi", "Ilmari", "Kaarina", "Lauri", "Maija", "Niilo", "Oona", "Pekka", "Sofia", "Toivo", "Ulla",
    "Väinö", "Åsa", "Örjan",
];
pub(super) const LAST: [&str; 16] = [
    "Esimerkki",
    "Malli",
    "Koetus",
    "Näyte",
    "Harjoitus",
    "Testilä",
    "Kokeilu",
    "Mallinen",
    "Övning",
    "Exempel",
    "Provare",
    "Keksitty",
    "Tarinainen",
    "Kuvitelma",
    "Luonnos",
    "Esitys",
];
pub(super) const SYSTEMS: [&str; 6] =
    ["SosiaaliMalli", "Asiakaspolku", "Huolenpito", "KlientVy", "Tietokulma", "Arkisto+"];
