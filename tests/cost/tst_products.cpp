#include "support/test_main.hpp"

#include "cost/bill.hpp"
#include "cost/products.hpp"
#include "support/price_book_fixture.hpp"

#include <algorithm>

using namespace lab;

/// Which product a door is priced as.
class ProductsTest : public QObject {
    Q_OBJECT

private slots:
    void doorsThatReadHttpNeedTheLayer7Product_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("product");
        const auto row = [](const char* provider, plan::DoorMode mode, const char* product) {
            QTest::addRow("%s %d", provider, static_cast<int>(mode))
                << provider << static_cast<int>(mode) << product;
        };
        row("aws", plan::DoorMode::Tcp, "aws.nlb");
        row("aws", plan::DoorMode::Tls, "aws.nlb");
        row("aws", plan::DoorMode::Http, "aws.alb");
        row("gcp", plan::DoorMode::Tcp, "gcp.l4");
        row("gcp", plan::DoorMode::Http, "gcp.l7");
        row("azure", plan::DoorMode::Tcp, "azure.lb");
        row("azure", plan::DoorMode::Http, "azure.agw");
        row("hetzner", plan::DoorMode::Tcp, "hetzner.lb");
        row("hetzner", plan::DoorMode::Http, "hetzner.lb");
        row("on-premises", plan::DoorMode::Http, "onprem.vip");
    }
    void doorsThatReadHttpNeedTheLayer7Product()
    {
        QFETCH(QString, provider);
        QFETCH(int, mode);
        const cost::ProviderProducts* products = cost::productsOf(provider.toStdString());
        QVERIFY(products != nullptr);
        const std::string_view product = cost::productFor(*products, plan::DoorMode(mode));
        QTEST(QString::fromUtf8(product.data(), static_cast<int>(product.size())), "product");
    }

    void anUnknownProviderHasNone() { QVERIFY(cost::productsOf("moon") == nullptr); }

    void everyPricedNameIsInTheBook()
    {
        for (const std::string& id : cost::pricedProducts()) {
            const cost::Product* product = test::priceBook().product(id);
            QVERIFY2(product != nullptr, id.c_str());
            const auto& providers = cost::pricedProviders();
            QVERIFY(std::find(providers.begin(), providers.end(), product->provider) !=
                    providers.end());
        }
        QCOMPARE(cost::pricedProviders().size(), std::size_t{10});
        QVERIFY(std::is_sorted(cost::pricedProducts().begin(), cost::pricedProducts().end()));
    }
};

LAB_TEST(ProductsTest)
#include "tst_products.moc"
