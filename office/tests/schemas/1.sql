BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'0001-foundation','2026-12-01 00:00:32',1,X'730EEFF24B25CF04C93EE97793F14C32DCCAF25621D3E05F4FD73AD537632B0A4852999525F1E32876DB7E2A911DDE78',1976106);
INSERT INTO "_sqlx_migrations" VALUES(2,'0002-register','2026-12-01 00:00:32',1,X'B56A37F2469CAD67380AA5B6780B68077A16DF04B9C41B2A031391845541BF64509EA0781C2D3A43EBFDE4E7D1743204',2058649);
INSERT INTO "_sqlx_migrations" VALUES(3,'0003-imports-retention','2026-12-01 00:00:32',1,X'622105A7D54370537E6966E9736AA76977996FF793848A1CCA8CDB2B3D5DE1160456917116EF21B18036F1230ED3D597',812663);
INSERT INTO "_sqlx_migrations" VALUES(4,'0004-messages','2026-12-01 00:00:32',1,X'417EFCA400577754A0A34D6BF438A3B299521D89422020A29D2043CE9A046D7DA1A376D54E0EE0166233065AB04F5142',806514);
INSERT INTO "_sqlx_migrations" VALUES(5,'0005-co-testing','2026-12-01 00:00:32',1,X'DA5B6F4DE2A14C0CC36B6EE60548F6921A59C70897EBD42B35250C2545CC902EA3C4D1E742F54DAC95166C4F926B4FD2',1430198);
INSERT INTO "_sqlx_migrations" VALUES(6,'0006-provider','2026-12-01 00:00:32',1,X'36F49F2F9420D190987434F6E183EB3BC3659F55FDDC4E505BBCD32CC90F73AF7251D10A7AA3E6FA2EBA89DCBB2D7BDB',482795);
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '',
    totp_secret TEXT NOT NULL DEFAULT '',
    totp_step BIGINT NOT NULL DEFAULT 0,
    provider_subject TEXT NOT NULL DEFAULT '',
    closed BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL
);
INSERT INTO "account" VALUES('01a22ee72f250000001a6ed988a0e194','sample-coordinator','sample-coordinator','sample-coordinator@example.org','','',0,'',0,1,1796083232549);
INSERT INTO "account" VALUES('01a22ee72f250000001c7e33b8f28ce7','sample-staff','sample-staff','sample-staff@example.org','','',0,'',0,1,1796083232549);
INSERT INTO "account" VALUES('01a22ee72f250000001e112f86633f9d','sample-customer','sample-customer','sample-customer@example.org','','',0,'',0,1,1796083232549);
INSERT INTO "account" VALUES('01a22ee72f25000000209d914ce060bf','sample-archivist','sample-archivist','sample-archivist@example.org','','',0,'',0,1,1796083232549);
INSERT INTO "account" VALUES('01a22ee72f2500000022823daf295e97','sample-data-protection-officer','sample-data-protection-officer','sample-data-protection-officer@example.org','','',0,'',0,1,1796083232549);
INSERT INTO "account" VALUES('01a22ee72f2500000024b2a3161f83eb','sample-administrator','sample-administrator','sample-administrator@example.org','','',0,'',0,1,1796083232549);
CREATE TABLE account_right (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    customer TEXT NOT NULL DEFAULT '',
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL
);
INSERT INTO "account_right" VALUES('01a22ee72f250000001b32c93f815e57','01a22ee72f250000001a6ed988a0e194','coordinator','','sample',1796083232549);
INSERT INTO "account_right" VALUES('01a22ee72f250000001d4868da7fe9ba','01a22ee72f250000001c7e33b8f28ce7','staff','','sample',1796083232549);
INSERT INTO "account_right" VALUES('01a22ee72f250000001ff02ec1b58c3e','01a22ee72f250000001e112f86633f9d','customer','01a22ee72f2500000000bdc6c47cfad6','sample',1796083232549);
INSERT INTO "account_right" VALUES('01a22ee72f2500000021c7dff490c809','01a22ee72f25000000209d914ce060bf','archivist','01a22ee72f2500000000bdc6c47cfad6','sample',1796083232549);
INSERT INTO "account_right" VALUES('01a22ee72f250000002349effba7c3e8','01a22ee72f2500000022823daf295e97','data-protection-officer','','sample',1796083232549);
INSERT INTO "account_right" VALUES('01a22ee72f25000000251aa41408064a','01a22ee72f2500000024b2a3161f83eb','administrator','','sample',1796083232549);
CREATE TABLE address (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    address_use TEXT NOT NULL, recipient TEXT NOT NULL, street TEXT NOT NULL, postal_code TEXT NOT NULL,
    town TEXT NOT NULL, country TEXT NOT NULL, invoice_address TEXT NOT NULL, invoice_reference TEXT NOT NULL
);
INSERT INTO "address" VALUES('01a22ee72f250000000870d0f761f804','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'administrative','Ylikoskin hyvinvointiyhtymä 1','Esimerkkitie 1','00099','Ylikoski','','','');
INSERT INTO "address" VALUES('01a22ee72f2500000009c018f8fa2c70','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'invoicing','Ylikoskin hyvinvointiyhtymä 1','Esimerkkitie 1','00099','Ylikoski','','','KANTA');
INSERT INTO "address" VALUES('01a22ee72f250000000e74bd04c228b3','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'administrative','Ilmari Testilä','Esimerkkitie 2','00099','Tuulisalmi','','','');
INSERT INTO "address" VALUES('01a22ee72f250000000f0db8286ef816','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'invoicing','Ilmari Testilä','Esimerkkitie 2','00099','Tuulisalmi','','','KANTA');
INSERT INTO "address" VALUES('01a22ee72f2500000018cd63bfe4a75e','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'administrative','Björkbäckn hyvinvointiyhtymä 3','Esimerkkitie 3','00099','Björkbäck','','','');
INSERT INTO "address" VALUES('01a22ee72f2500000019a29af587443b','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'invoicing','Björkbäckn hyvinvointiyhtymä 3','Esimerkkitie 3','00099','Björkbäck','','','KANTA');
CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, application_state TEXT NOT NULL, state_since TEXT NOT NULL, description TEXT NOT NULL
);
CREATE TABLE archivist (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    contact TEXT NOT NULL, register_oid TEXT NOT NULL, other_registers TEXT NOT NULL, started TEXT NOT NULL,
    ended TEXT NOT NULL, other_registers_confirmed TEXT NOT NULL
);
CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customer (id),
    record TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    content BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE attempt (
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    id TEXT NOT NULL PRIMARY KEY
);
CREATE TABLE change_notice (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    system TEXT NOT NULL, noticed TEXT NOT NULL, description TEXT NOT NULL, touches_kanta TEXT NOT NULL, urgent TEXT NOT NULL, rerun TEXT NOT NULL, test_start TEXT NOT NULL, replied TEXT NOT NULL
);
CREATE TABLE co_test (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    system TEXT NOT NULL, contents TEXT NOT NULL, registered TEXT NOT NULL, system_form TEXT NOT NULL, architecture TEXT NOT NULL, period_start TEXT NOT NULL, period_end TEXT NOT NULL, phase_count TEXT NOT NULL, kick_off TEXT NOT NULL, cross_partner TEXT NOT NULL, statement_draft TEXT NOT NULL, report_draft TEXT NOT NULL, statement_issued TEXT NOT NULL
);
CREATE TABLE connection (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    connection_form TEXT NOT NULL, name TEXT NOT NULL, identifier TEXT NOT NULL, description TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT NOT NULL
);
INSERT INTO "connection" VALUES('01a22ee72f2500000005c4d66a31cd41','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'system','SosiaaliMalli','','','2023-08-01','');
INSERT INTO "connection" VALUES('01a22ee72f25000000153c9f528c09f1','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'system','Huolenpito','','','2023-06-01','');
CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, contact_form TEXT NOT NULL, contact_roles TEXT NOT NULL, duties TEXT NOT NULL,
    email TEXT NOT NULL, telephone TEXT NOT NULL, card_number TEXT NOT NULL, email_invalid_since TEXT NOT NULL,
    name_folded TEXT NOT NULL DEFAULT '', email_folded TEXT NOT NULL DEFAULT ''
);
INSERT INTO "contact" VALUES('01a22ee72f25000000065bd984625a7d','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'Aino Esimerkki','person',' administrative archivist-patient ','','contact0-0@example.org','+358 40 555 0000','9900000000','','aino esimerkki','contact0-0@example.org');
INSERT INTO "contact" VALUES('01a22ee72f2500000007d373512ffeb9','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'Lauri Mallinen','person',' technical archivist-social ',' system-development co-testing ','contact0-1@example.org','+358 40 555 0001','9900000001','','lauri mallinen','contact0-1@example.org');
INSERT INTO "contact" VALUES('01a22ee72f250000000c672d59b84d3f','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'Ilmari Malli','person',' administrative archivist-patient ','','contact1-0@example.org','+358 40 555 0013','9900000100','','ilmari malli','contact1-0@example.org');
INSERT INTO "contact" VALUES('01a22ee72f250000000d0110581fc4a0','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'Oona Övning','person',' technical archivist-social ',' system-development co-testing ','contact1-1@example.org','+358 40 555 0014','9900000101','','oona övning','contact1-1@example.org');
INSERT INTO "contact" VALUES('01a22ee72f2500000016c4efbc456434','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'Maija Koetus','person',' administrative archivist-patient ','','contact2-0@example.org','+358 40 555 0026','9900000200','','maija koetus','contact2-0@example.org');
INSERT INTO "contact" VALUES('01a22ee72f25000000178866a2c93d87','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'Toivo Exempel','person',' technical archivist-social ',' system-development co-testing ','contact2-1@example.org','+358 40 555 0027','9900000201','','toivo exempel','contact2-1@example.org');
CREATE TABLE customer (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, customer_kind TEXT NOT NULL, business_id TEXT NOT NULL, organisation_oid TEXT NOT NULL,
    profession TEXT NOT NULL, language TEXT NOT NULL, target_group TEXT NOT NULL,
    name_folded TEXT NOT NULL DEFAULT ''
);
INSERT INTO "customer" VALUES('01a22ee72f2500000000bdc6c47cfad6','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'Ylikoskin hyvinvointiyhtymä 1','service-provider','','1.2.246.10.99990000.10.0','','fi','','ylikoskin hyvinvointiyhtymä 1');
INSERT INTO "customer" VALUES('01a22ee72f250000000a6a13543548dc','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'Ilmari Testilä','kelain-professional','','1.2.246.10.99990001.10.0','','fi','','ilmari testilä');
INSERT INTO "customer" VALUES('01a22ee72f25000000102232bed6407d','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'Björkbäckn hyvinvointiyhtymä 3','service-provider','','1.2.246.10.99990002.10.0','','sv','','björkbäckn hyvinvointiyhtymä 3');
CREATE TABLE datum (
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    origin TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (record, field)
);
INSERT INTO "datum" VALUES('01a22ee72f2500000000bdc6c47cfad6','name','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000000bdc6c47cfad6','customer_kind','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000000bdc6c47cfad6','organisation_oid','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000000bdc6c47cfad6','language','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000001a6cd12dd4498','service','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000001a6cd12dd4498','started','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000001a6cd12dd4498','ended','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000029866b4ad3931','paper','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000029866b4ad3931','service','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000029866b4ad3931','signed','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000029866b4ad3931','archive_reference','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000037b51b895667f','paper','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000037b51b895667f','service','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000037b51b895667f','signed','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000037b51b895667f','archive_reference','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000047eb4d2aae59f','paper','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000047eb4d2aae59f','service','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000047eb4d2aae59f','signed','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000047eb4d2aae59f','archive_reference','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000005c4d66a31cd41','connection_form','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000005c4d66a31cd41','name','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000005c4d66a31cd41','started','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','name','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','contact_form','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','contact_roles','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','email','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','telephone','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000065bd984625a7d','card_number','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','name','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','contact_form','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','contact_roles','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','duties','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','email','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','telephone','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000007d373512ffeb9','card_number','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000870d0f761f804','address_use','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000870d0f761f804','recipient','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000870d0f761f804','street','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000870d0f761f804','postal_code','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000870d0f761f804','town','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','address_use','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','recipient','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','street','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','postal_code','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','town','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000009c018f8fa2c70','invoice_reference','service-form','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000a6a13543548dc','name','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000a6a13543548dc','customer_kind','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000a6a13543548dc','organisation_oid','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000a6a13543548dc','language','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000bb5c732ce0123','service','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000bb5c732ce0123','started','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','name','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','contact_form','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','contact_roles','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','email','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','telephone','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000c672d59b84d3f','card_number','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','name','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','contact_form','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','contact_roles','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','duties','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','email','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','telephone','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000d0110581fc4a0','card_number','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000e74bd04c228b3','address_use','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000e74bd04c228b3','recipient','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000e74bd04c228b3','street','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000e74bd04c228b3','postal_code','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000e74bd04c228b3','town','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','address_use','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','recipient','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','street','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','postal_code','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','town','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f250000000f0db8286ef816','invoice_reference','telephone','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000102232bed6407d','name','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000102232bed6407d','customer_kind','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000102232bed6407d','organisation_oid','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000102232bed6407d','language','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000011862f0698ca6c','service','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000011862f0698ca6c','started','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000012b76b06a8f1ca','paper','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000012b76b06a8f1ca','service','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000012b76b06a8f1ca','signed','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000012b76b06a8f1ca','archive_reference','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000136c1139c98c94','paper','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000136c1139c98c94','service','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000136c1139c98c94','signed','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000136c1139c98c94','archive_reference','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000143642dd20cecd','paper','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000143642dd20cecd','service','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000143642dd20cecd','signed','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000143642dd20cecd','archive_reference','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000153c9f528c09f1','connection_form','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000153c9f528c09f1','name','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000153c9f528c09f1','started','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','name','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','contact_form','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','contact_roles','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','email','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','telephone','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000016c4efbc456434','card_number','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','name','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','contact_form','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','contact_roles','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','duties','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','email','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','telephone','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f25000000178866a2c93d87','card_number','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000018cd63bfe4a75e','address_use','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000018cd63bfe4a75e','recipient','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000018cd63bfe4a75e','street','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000018cd63bfe4a75e','postal_code','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000018cd63bfe4a75e','town','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','address_use','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','recipient','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','street','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','postal_code','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','town','post','sample',1796083232549);
INSERT INTO "datum" VALUES('01a22ee72f2500000019a29af587443b','invoice_reference','post','sample',1796083232549);
CREATE TABLE deployment (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, system TEXT NOT NULL, terms_accepted TEXT NOT NULL, code_service_told TEXT NOT NULL, test_reason TEXT NOT NULL, test_passed TEXT NOT NULL, started TEXT NOT NULL, end_noticed TEXT NOT NULL, ended TEXT NOT NULL
);
CREATE TABLE disclosure (
    id TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    reason TEXT NOT NULL,
    selection TEXT NOT NULL,
    contacts BIGINT NOT NULL,
    file_digest TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE import (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE invitation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    totp_secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE log (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    action TEXT NOT NULL,
    customer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    persons TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "log" VALUES(1,1796083232549,'','user0','staff','','GET /customers/{customer}','','done','','01a22ee72f25000000065bd984625a7d','ce4d3a5da4dd3a38974ddad8be31bc2ac0b51bc30d73ce06f48593879da6d9d4');
INSERT INTO "log" VALUES(2,1796083232549,'','user1','staff','','GET /customers/{customer}','','done','','01a22ee72f2500000007d373512ffeb9','ee4c3317765421515f1d47c7ab05849d8c1e9709daa649784de67d7d413ea3f9');
INSERT INTO "log" VALUES(3,1796083232549,'','user2','staff','','GET /customers/{customer}','','done','','01a22ee72f250000000c672d59b84d3f','50345205e919377e2d303c350dc9f838ef2eb359764089fcc5a24bddc30cc985');
INSERT INTO "log" VALUES(4,1796083232549,'','user3','staff','','GET /customers/{customer}','','done','','01a22ee72f250000000d0110581fc4a0','561b7e4f7f82f4aca0bbf4f585387da502a89d5f9574681e923f857c86c8af2c');
INSERT INTO "log" VALUES(5,1796083232549,'','user4','staff','','GET /customers/{customer}','','done','','01a22ee72f2500000016c4efbc456434','565c5740525a2fa905cfd93af4f4bac46fc834ad46c3c0cab39b2670ad404c41');
INSERT INTO "log" VALUES(6,1796083232549,'','','','','sample','','done','','','72bd8907ec1e140d364fc15aa5db2b75a64a2dd60c6b61d023eea10144ee237c');
CREATE TABLE log_head (
    id BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "log_head" VALUES(1,6,'72bd8907ec1e140d364fc15aa5db2b75a64a2dd60c6b61d023eea10144ee237c');
CREATE TABLE log_person (
    person TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (person, number)
);
INSERT INTO "log_person" VALUES('01a22ee72f25000000065bd984625a7d',1);
INSERT INTO "log_person" VALUES('01a22ee72f2500000007d373512ffeb9',2);
INSERT INTO "log_person" VALUES('01a22ee72f250000000c672d59b84d3f',3);
INSERT INTO "log_person" VALUES('01a22ee72f250000000d0110581fc4a0',4);
INSERT INTO "log_person" VALUES('01a22ee72f2500000016c4efbc456434',5);
CREATE TABLE message (
    id TEXT NOT NULL PRIMARY KEY,
    message_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    contact_role TEXT NOT NULL,
    service TEXT NOT NULL,
    customer_kind TEXT NOT NULL,
    target_group TEXT NOT NULL,
    message_state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE message_recipient (
    message TEXT NOT NULL REFERENCES message (id),
    contact TEXT NOT NULL,
    customer TEXT NOT NULL,
    email TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    recipient_state TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    changed_at BIGINT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (message, contact)
);
CREATE TABLE nightly_job (
    day TEXT NOT NULL PRIMARY KEY,
    done_at BIGINT NOT NULL,
    destroyed BIGINT NOT NULL,
    planned BIGINT NOT NULL
);
CREATE TABLE paper (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    paper TEXT NOT NULL, service TEXT NOT NULL, signed TEXT NOT NULL, archive_reference TEXT NOT NULL
);
INSERT INTO "paper" VALUES('01a22ee72f25000000029866b4ad3931','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'application','prescription','2023-06-01','KELA 1/2024');
INSERT INTO "paper" VALUES('01a22ee72f25000000037b51b895667f','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'commitment','prescription','2023-06-01','KELA 1/2024');
INSERT INTO "paper" VALUES('01a22ee72f25000000047eb4d2aae59f','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'service-description','prescription','2023-06-01','KELA 1/2024');
INSERT INTO "paper" VALUES('01a22ee72f2500000012b76b06a8f1ca','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'application','imaging-data','2023-04-01','KELA 1/2024');
INSERT INTO "paper" VALUES('01a22ee72f25000000136c1139c98c94','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'commitment','imaging-data','2023-04-01','KELA 1/2024');
INSERT INTO "paper" VALUES('01a22ee72f25000000143642dd20cecd','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'service-description','imaging-data','2023-04-01','KELA 1/2024');
CREATE TABLE phase (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    co_test TEXT NOT NULL, phase_form TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, approved TEXT NOT NULL, description TEXT NOT NULL
);
CREATE TABLE planned_destruction (
    record TEXT NOT NULL PRIMARY KEY,
    record_kind TEXT NOT NULL,
    customer TEXT NOT NULL,
    rule TEXT NOT NULL,
    due TEXT NOT NULL,
    planned_on TEXT NOT NULL
);
CREATE TABLE preliminary_case (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    co_test TEXT NOT NULL, name TEXT NOT NULL, reported TEXT NOT NULL, approved TEXT NOT NULL, description TEXT NOT NULL
);
CREATE TABLE provider_attempt (
    state_hash TEXT NOT NULL PRIMARY KEY,
    visitor TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    next_address TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    contact TEXT NOT NULL, article TEXT NOT NULL, received TEXT NOT NULL, description TEXT NOT NULL,
    request_state TEXT NOT NULL, decided TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE service_use (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL
);
INSERT INTO "service_use" VALUES('01a22ee72f2500000001a6cd12dd4498','01a22ee72f2500000000bdc6c47cfad6',1,1796083232549,1796083232549,'prescription','2023-08-01','2026-12-01');
INSERT INTO "service_use" VALUES('01a22ee72f250000000bb5c732ce0123','01a22ee72f250000000a6a13543548dc',1,1796083232549,1796083232549,'kelain','2023-07-01','');
INSERT INTO "service_use" VALUES('01a22ee72f2500000011862f0698ca6c','01a22ee72f25000000102232bed6407d',1,1796083232549,1796083232549,'imaging-data','2023-06-01','');
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    right_id TEXT NOT NULL DEFAULT '',
    form_token TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE system_ (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, system_version TEXT NOT NULL, system_class TEXT NOT NULL, contents TEXT NOT NULL, specification TEXT NOT NULL, certification_until TEXT NOT NULL, production_until TEXT NOT NULL, certificate_until TEXT NOT NULL, requirements_shown TEXT NOT NULL
);
CREATE INDEX account_subject ON account (provider_subject);
CREATE INDEX account_right_account ON account_right (account);
CREATE INDEX account_right_customer ON account_right (customer);
CREATE INDEX session_account ON session (account);
CREATE INDEX attempt_source ON attempt (source, at);
CREATE INDEX log_login ON log (login, number);
CREATE INDEX log_customer ON log (customer, number);
CREATE TRIGGER log_keeps_entries BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the access log cannot be changed'); END;
CREATE TRIGGER log_loses_nothing BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the access log cannot be deleted'); END;
CREATE TRIGGER log_person_keeps BEFORE UPDATE ON log_person BEGIN SELECT RAISE(ABORT, 'the access log cannot be changed'); END;
CREATE TRIGGER log_person_loses_nothing BEFORE DELETE ON log_person BEGIN SELECT RAISE(ABORT, 'the access log cannot be deleted'); END;
CREATE INDEX customer_name ON customer (name_folded);
CREATE INDEX customer_business ON customer (business_id);
CREATE INDEX customer_oid ON customer (organisation_oid);
CREATE INDEX contact_customer ON contact (customer);
CREATE INDEX contact_name ON contact (name_folded);
CREATE INDEX contact_email ON contact (email_folded);
CREATE INDEX address_customer ON address (customer);
CREATE INDEX service_use_customer ON service_use (customer);
CREATE INDEX service_use_service ON service_use (service);
CREATE INDEX connection_customer ON connection (customer);
CREATE INDEX application_customer ON application (customer);
CREATE INDEX paper_customer ON paper (customer);
CREATE INDEX archivist_customer ON archivist (customer);
CREATE INDEX archivist_contact ON archivist (contact);
CREATE INDEX request_customer ON request (customer);
CREATE INDEX message_recipient_answer ON message_recipient (answer_hash);
CREATE INDEX message_recipient_contact ON message_recipient (contact);
CREATE INDEX message_recipient_state ON message_recipient (recipient_state);
CREATE INDEX system_customer ON system_ (customer);
CREATE INDEX co_test_customer ON co_test (customer);
CREATE INDEX preliminary_case_customer ON preliminary_case (customer);
CREATE INDEX phase_customer ON phase (customer);
CREATE INDEX change_notice_customer ON change_notice (customer);
CREATE INDEX deployment_customer ON deployment (customer);
CREATE INDEX attachment_record ON attachment (record);
COMMIT;
