#include "support/test_main.hpp"

#include "certificates/password_hash.hpp"

using lab::certificates::matches;

/// Vectors: `openssl passwd` 3.0 (-apr1, -1, -5, -6), perl's crypt and Digest::SHA.
class PasswordHashTest : public QObject {
    Q_OBJECT

private slots:
    void knowsThePassword_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("hash");
        const auto row = [](const char* name, const char* password, const char* hash) {
            QTest::newRow(name) << QByteArray(password) << QByteArray(hash);
        };
        row("apr1", "open sesame", "$apr1$lqZzD3TD$hl5.SfI7JtW5cdg8aCIxJ0");
        row("apr1, Apache's own", "myPassword", "$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/");
        row("apr1, empty", "", "$apr1$abcdefgh$L.PT565ESX4Tp2bqNs7Ie.");
        row("apr1, long",
            "a password that is longer than sixteen bytes, even thrice",
            "$apr1$ab$1E7138U1wU1Her7j0v5w8/");
        row("SHA", "open sesame", "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac=");
        row("SSHA", "open sesame", "{SSHA}gcKCeAwpRkPkTGRl/mvYnmDdrwRzYWx0eSE=");
        row("SSHA, no salt", "open sesame", "{SSHA}W8r/fyL/UzygmbNAjq2HbA67qac=");
        row("plain", "open sesame", "{PLAIN}open sesame");
        row("plain, empty", "", "{PLAIN}");
        row("DES", "open sesame", "ab/G8gtZdMwak");
        row("MD5-crypt", "open sesame", "$1$abcdefgh$9qMkHazuSy1Q8myEum7yb/");
        row("SHA-256-crypt",
            "open sesame",
            "$5$abcdefgh$FWXdh6oXOJQkX7oAcP02d0Gnxjct6ra8Fwv29U9RIN2");
        row("SHA-512-crypt",
            "open sesame",
            "$6$abcdefgh$CkjGkP7IIgZVUCNlt.Vi53LOYJLXZ5KzdpzEYCj01XGruA1hxZYJqccTU2zz68oJwAGsd1iPty"
            "5F7dHIatUTy/");
        row("bcrypt",
            "open sesame",
            "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW");
    }
    void knowsThePassword()
    {
        QFETCH(const QByteArray, password);
        QFETCH(const QByteArray, hash);
        QVERIFY(matches(password.toStdString(), hash.toStdString()));
        QVERIFY(!matches(password.toStdString() + "x", hash.toStdString()) || hash.size() == 13);
        QVERIFY(!matches("Open sesame", hash.toStdString()));
    }

    void aChangedHashIsAnothers_data() { knowsThePassword_data(); }
    void aChangedHashIsAnothers()
    {
        QFETCH(const QByteArray, password);
        QFETCH(QByteArray, hash);
        if (hash == "{PLAIN}") {
            hash += '?';
        } else {
            hash[hash.size() - 3] = hash[hash.size() - 3] == 'e' ? 'f' : 'e';
        }
        QVERIFY(!matches(password.toStdString(), hash.toStdString()));
    }

    void whatIsNoHashMatchesNothing_data()
    {
        QTest::addColumn<QByteArray>("hash");
        for (const char* hash : {"",
                                 "*",
                                 "*0",
                                 "*1",
                                 "!",
                                 "x",
                                 "$",
                                 "$apr1$",
                                 "$apr1$abcdefgh",
                                 "$apr1$abcdefgh$",
                                 "{SHA}",
                                 "{SHA}====",
                                 "{SHA}W8r/",
                                 "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac",
                                 "{SHA}gcKCeAwpRkPkTGRl/mvYnmDdrwRzYWx0eSE=",
                                 "{SSHA}",
                                 "{SSHA}W8r/",
                                 "{SSHA}no base 64 at all!!!",
                                 "{MD5}X03MO1qnZdYdgyfeuILPmQ==",
                                 "$9$unknown$scheme"}) {
            QTest::newRow(*hash == '\0' ? "empty" : hash) << QByteArray(hash);
        }
    }
    void whatIsNoHashMatchesNothing()
    {
        QFETCH(const QByteArray, hash);
        for (const char* password : {"", "open sesame", "*0", "x", "!"}) {
            QVERIFY(!matches(password, hash.toStdString()));
        }
    }

    void nothingHidesBehindAZeroByte()
    {
        const std::string password("open sesame\0more", 16);
        QVERIFY(!matches(password, "ab/G8gtZdMwak"));
        QVERIFY(!matches(password, "$apr1$lqZzD3TD$hl5.SfI7JtW5cdg8aCIxJ0"));
        QVERIFY(!matches(password, "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac="));
    }
};

LAB_TEST(PasswordHashTest)
#include "tst_password_hash.moc"
