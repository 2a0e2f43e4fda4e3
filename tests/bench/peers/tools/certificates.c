// certificates FOLDER COUNT: writes N.crt, N.key and N.pem (both in one) for N from 0 to COUNT - 1.
//
// EC P-256, self-signed, for svcN.example.test, localhost and 127.0.0.1. Those that are there are
// kept.
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { path_max = 4096, ten_years = 3600 * 24 * 3650 };

static X509* sign(EVP_PKEY* key, int number)
{
    char name[128], names[300];
    snprintf(name, sizeof name, "svc%d.example.test", number);
    snprintf(names, sizeof names, "DNS:%s,DNS:localhost,IP:127.0.0.1", name);
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), number + 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), ten_years);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (unsigned char*)name, -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_set_pubkey(certificate, key);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    if (!X509_sign(certificate, key, EVP_sha256())) {
        fprintf(stderr, "cannot sign certificate %d\n", number);
        exit(1);
    }
    return certificate;
}

static void
write_file(const char* folder, int number, const char* kind, X509* certificate, EVP_PKEY* key)
{
    char path[path_max];
    snprintf(path, sizeof path, "%s/%d.%s", folder, number, kind);
    FILE* file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    if (certificate) {
        PEM_write_X509(file, certificate);
    }
    if (key) {
        PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
    }
    fclose(file);
}

int main(int count, char** arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: certificates FOLDER COUNT\n");
        return 2;
    }
    for (int number = 0; number < atoi(arguments[2]); number++) {
        char last[path_max]; // the file that is written last: whole when it is there
        snprintf(last, sizeof last, "%s/%d.pem", arguments[1], number);
        if (access(last, R_OK) == 0) {
            continue;
        }
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = sign(key, number);
        write_file(arguments[1], number, "crt", certificate, NULL);
        write_file(arguments[1], number, "key", NULL, key);
        write_file(arguments[1], number, "pem", certificate, key);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    return 0;
}
